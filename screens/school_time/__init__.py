"""The school clock."""
