"""What is told afterwards of lessons: where people get stuck, results on paper, and statements for a learning record store."""
