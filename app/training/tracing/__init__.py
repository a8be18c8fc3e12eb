"""What happened while a draaiboek was played, line by line, as one page to look back at (`esis play --trace`)."""
