"""Starting states with a partner: each module declares its `SITUATIONS` (`app/training/situations.py`)."""
