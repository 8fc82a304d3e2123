"""The dock: one page for each step of the loop. Pages know the session, never each other."""
