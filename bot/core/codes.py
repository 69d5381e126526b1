"""The codes that reopen a case: how they are made, which are too easy, how long wrong ones make wait (S10)."""

from datetime import timedelta

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""31 letters and digits that are not taken for each other; eleven of them are 54 bits."""
GROUPS = (4, 4, 3)
LEAST = 6
LEAST_DIFFERENT = 4
FREE_TRIES = 3
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)


def plain(code: str) -> str:
    """What of a code counts: letters and digits, in any case."""
    return "".join(letter for letter in code.casefold() if letter.isalnum())


def too_easy(code: str) -> bool:
    """Fewer than six letters and digits, or nearly all the same."""
    counts = plain(code)
    return len(counts) < LEAST or len(set(counts)) < LEAST_DIFFERENT


def wait_after(wrong: int) -> timedelta:
    """Three tries are free; then half a minute, doubled each time, an hour at most."""
    if wrong < FREE_TRIES:
        return timedelta()
    doubled: int = 2 ** min(wrong - FREE_TRIES, 10)
    return min(LONGEST_WAIT, FIRST_WAIT * doubled)
