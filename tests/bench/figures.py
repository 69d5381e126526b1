"""What is made of many moments."""

from collections.abc import Sequence
from statistics import median, quantiles


def percentile(values: Sequence[float], hundredth: int) -> float:
    if len(values) < 2:
        return values[0] if values else float("nan")
    return quantiles(values, n=100, method="inclusive")[hundredth - 1]


def busiest_second(moments: Sequence[float]) -> int:
    """The most moments that any window of one second holds, wherever it begins."""
    ordered, first, most = sorted(moments), 0, 0
    for last, moment in enumerate(ordered):
        while moment - ordered[first] >= 1.0:
            first += 1
        most = max(most, last - first + 1)
    return most


def middle(values: Sequence[float]) -> float:
    return median(values) if values else float("nan")
