"""How much may start now, so that Telegram never counts more than it allows in any second."""

from collections import deque

SPAN = 1.005
"""A send takes its place for a second, and a little for two clocks that do not agree."""
EVEN = 1.02
"""Over so many seconds a second's starts of the paced lanes are spread: a reply then finds a gap soon."""
SLACK = 4
"""So many starts may be caught up after a late turn."""
SHORTEST_KNOWN = 64
"""The shortest of so many trips tells what the way back takes at least."""
WAY_BACK = 0.05
"""No more of a trip than this is taken for the way back."""
BURST, REFILL = 10.0, 1.0
GROUP_BURST, GROUP_REFILL = 5.0, 20 / 60
"""One chat: a message a second with short bursts; a group: twenty a minute."""


class Pace:
    """What is on its way, and what came back in the last second. `rate` 0 means no pace at all.

    Telegram counts a send somewhere between its start and its answer. So each has its place from its start until a
    second after its answer: however long it takes to get there, no second at Telegram's end holds more than `rate`.
    """

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self._flying = 0
        self._landed: deque[float] = deque()
        self._trips: deque[float] = deque(maxlen=SHORTEST_KNOWN)
        self._even = 0.0
        self._paced_at = float("-inf")
        self._chats: dict[int, tuple[float, float]] = {}

    @property
    def ahead(self) -> int:
        """So many of the paced lanes may be made out before their moment: those of about a tenth of a second."""
        return max(1, self.rate // 10)

    def opens_in(self, at: float) -> float:
        """Seconds until there is a place."""
        while self._landed and self._landed[0] <= at - SPAN:
            self._landed.popleft()
        over = self._flying + len(self._landed) - self.rate
        if not self.rate or over < 0:
            return 0.0
        return self._landed[over] + SPAN - at if over < len(self._landed) else SPAN

    def paced_in(self, at: float) -> float:
        """Seconds until a reminder or a broadcast may start: places are taken evenly, what is late is caught up."""
        if not self.rate:
            return 0.0
        return max(self.opens_in(at), self._even - SLACK * EVEN / self.rate - at, 0.0)

    def prompt_in(self, at: float) -> float:
        """Seconds until a reply may start: the next place is its own. Replies among themselves never wait."""
        return self.opens_in(at) if at - self._paced_at <= SPAN else 0.0

    def started(self, at: float, *, prompt: bool) -> None:
        """Notes a start; `prompt` ones are of the lanes that have the next place."""
        if self.rate:
            self._flying += 1
            self._even = max(self._even, at) + EVEN / self.rate
            self._paced_at = self._paced_at if prompt else at

    def landed(self, at: float, *, trip: float) -> None:
        """Notes an answer, and how long it took."""
        if self.rate:
            self._flying -= 1
            self._trips.append(trip)
            counted = at - min(min(self._trips) / 2, WAY_BACK)
            self._landed.append(max(counted, self._landed[-1]) if self._landed else counted)

    def wait(self, chat: int, at: float, *, group: bool) -> float:
        """Seconds that this chat has to wait; 0 takes its turn."""
        if not self.rate:
            return 0.0
        burst, refill = (GROUP_BURST, GROUP_REFILL) if group else (BURST, REFILL)
        left, since = self._chats.get(chat, (burst, at))
        left = min(burst, left + (at - since) * refill)
        if left < 1:
            return (1 - left) / refill
        self._chats[chat] = (left - 1, at)
        return 0.0

    def forget(self, at: float) -> None:
        """Chats whose burst is full again need no memory."""
        self._chats = {chat: known for chat, known in self._chats.items() if at - known[1] < BURST / GROUP_REFILL}
