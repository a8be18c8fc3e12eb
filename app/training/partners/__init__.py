"""Starting states with a partner: a module for each declares its `SITUATIONS` (`app/training/situations.py`)."""
