"""A starting state with the toy."""

from app.training.situations import Situation, coupled

SITUATIONS = (Situation("toy-coupled", "Toy is gekoppeld", lambda actor: coupled(actor, "toy")),)
