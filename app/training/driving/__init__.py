"""What a program says to ESIS, and hears from it, when it drives it: lines of JSON (`esis drive`, docs/drive.md)."""
