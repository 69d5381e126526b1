"""What the network and Telegram do on a bad day, ordered in advance."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.sandbox.refusals import Refused


class Kind(StrEnum):
    FLOOD = "flood"
    """429 with retry_after."""
    SILENCE = "silence"
    """It happens, and the answer never comes; after `seconds`, if any are given, the connection is cut."""
    SLOW = "slow"
    """It happens `seconds` later, whether or not somebody still waits for the answer."""
    LOST_ANSWER = "lost_answer"
    """It happens, and the connection is cut before the answer."""
    CUT = "cut"
    """The connection is cut, nothing happens."""
    BAD_GATEWAY = "bad_gateway"
    """502, nothing happens."""
    REFUSAL = "refusal"
    """Any refusal the orderer wants, nothing happens."""


@dataclass(slots=True)
class Fault:
    """Strikes the next `times` calls that fit; `chat` 0 fits every chat, `method` "" every send."""

    kind: Kind
    times: int = 1
    chat: int = 0
    method: str = ""
    retry_after: int = 1
    seconds: float = 0
    refusal: Refused | None = None

    def fits(self, method: str, chat: int) -> bool:
        named = method == self.method if self.method else method.startswith("send")
        return named and self.chat in {0, chat} and self.times > 0


class Faults:
    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._ordered)

    def order(self, fault: Fault) -> None:
        self._ordered.append(fault)

    def clear(self) -> None:
        self._ordered.clear()

    def strike(self, method: str, chat: int) -> Fault | None:
        """The fault that hits this call, used up by one."""
        if not self._ordered:
            return None
        fault = next((f for f in self._ordered if f.fits(method, chat)), None)
        if fault is not None:
            fault.times -= 1
            self._ordered = [f for f in self._ordered if f.times > 0]
        return fault
