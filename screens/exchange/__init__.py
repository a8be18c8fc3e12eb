"""Import-Export: files in and out."""
