from bot.sandbox.gauges import Reading, parsed, reading
from tests.ports import free_port

TEXT = """
# HELP poruch_outbox_waiting Messages that wait.
# TYPE poruch_outbox_waiting gauge
poruch_outbox_waiting{lane="urgent"} 1.0
poruch_outbox_waiting{lane="reply"} 2.0
poruch_inbox_waiting 0.0
poruch_next_due_timestamp_seconds 1.79e+09
strange NaN
broken x
"""


def test_gauges_are_read_with_their_labels() -> None:
    values = parsed(TEXT)
    seen = Reading(healthy=True, values=values)
    assert seen.shown == {
        "poruch_outbox_waiting": {"urgent": 1.0, "reply": 2.0},
        "poruch_inbox_waiting": {"": 0.0},
    }
    assert seen.next_due == 1.79e9
    assert "strange" not in values


async def test_a_bot_that_is_away_is_no_error() -> None:
    seen = await reading(f"http://127.0.0.1:{free_port()}/metrics")
    assert (seen.healthy, seen.shown, seen.next_due) == (None, {}, 0)
