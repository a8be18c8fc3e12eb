"""What a trainer needs: practice boards and pictures of screens."""
