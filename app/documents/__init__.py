"""Documents on paper, as PDF: sheets of A4 with fonts of their own, tagged text, and the same bytes for the same content."""
