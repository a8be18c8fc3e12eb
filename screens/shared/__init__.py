"""What all screens are built from: frame, links, lists, forms and dialogs."""
