"""The partner systems' own tables."""
