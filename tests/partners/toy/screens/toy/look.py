from screens.shell.tokens import Look

LOOK = Look(18, "#800000", "#ff0000")
