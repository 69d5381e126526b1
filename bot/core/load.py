"""How much somebody has in hand: open cases, each by its weight [P]."""

PLANNED, URGENT, NOT_YET_IN_TOUCH = 1, 2, 1
"""An open case weighs one, an emergency or one of the branch two, and each one more until the first contact."""
