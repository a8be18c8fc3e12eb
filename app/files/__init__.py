"""Files that are read, written or kept temporarily, and why that fails. Depends on no other part of the program."""
