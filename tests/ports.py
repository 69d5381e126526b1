"""Ports for processes under test: none is given out twice, also where two workers ask at the same time."""

import os
import random
import socket

HOST = "127.0.0.1"
LOWEST, EACH, WORKERS = 20_000, 2_000, 6
"""Below the ports that Linux gives to outgoing connections (from 32 768 on): those come and go by themselves."""
CHANCE = random.SystemRandom()


def free_port(*, in_a_row: int = 1) -> int:
    """One that nobody listens on, and so are the next ones."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % WORKERS
    while True:
        port = LOWEST + worker * EACH + CHANCE.randrange(EACH - in_a_row)
        if all(_is_free(port + further) for further in range(in_a_row)):
            return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True
