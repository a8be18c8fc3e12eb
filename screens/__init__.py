"""What the user sees: one package per menu heading and per partner, one module per screen."""
