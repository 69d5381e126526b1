"""A training: the head invites, carers answer, whoever comes is reminded while it stands."""

from tests.process.fortnight import CANCELLED, KEPT, MOVED, Fortnight, reminders_of


def test_who_comes_is_reminded_a_week_a_day_and_two_hours_before(fortnight: Fortnight) -> None:
    reminded = fortnight.reminded["halyna", KEPT]
    assert reminded["day 3 09:55"] == 0
    assert reminded["day 3 10:01"] == reminded["day 5 17:01"] == 1
    assert reminded["day 9 10:30"] == 2
    assert reminded["day 10 08:01"] == reminded["day 12 15:01"] == 3


def test_who_has_not_answered_is_reminded_too(fortnight: Fortnight) -> None:
    assert fortnight.reminded["helen", KEPT]["day 12 15:01"] == 3


def test_who_cannot_come_is_left_in_peace(fortnight: Fortnight) -> None:
    assert fortnight.reminded["roman", KEPT]["day 12 15:01"] == 0


def test_a_training_that_was_moved_reminds_at_its_new_time_only(fortnight: Fortnight) -> None:
    for name in ("halyna", "helen"):
        reminded = fortnight.reminded[name, MOVED]
        assert reminded["day 2 10:30"] == reminded["day 3 10:01"] == 0
        assert reminded["day 5 17:01"] == reminded["day 9 10:30"] == reminded["day 10 08:01"] == 1
        assert reminded["day 11 17:01"] == 2
        assert reminded["day 12 15:01"] == 3
        assert all(heard["at"].endswith("17:00") for heard in reminders_of(fortnight.carers[name], MOVED))


def test_a_training_that_was_cancelled_reminds_nobody(fortnight: Fortnight) -> None:
    assert all(fortnight.reminded[name, CANCELLED]["day 12 15:01"] == 0 for name in fortnight.carers)
