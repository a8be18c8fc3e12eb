"""What the owner of a database does with the whole of it: a copy, erasing everything, and what tells a helper how it is."""
