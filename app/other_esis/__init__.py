"""Another ESIS, or LAS, over HTTP: the client, the setting by which a partner talks to one, and what it asks there."""
