from pathlib import Path

import pytest

from bot.sandbox.clock import Clock


def test_a_jump_is_written_where_the_bot_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    clock = Clock(file)
    before = clock.now()
    clock.forward(3600)
    assert 3600 <= clock.now() - before < 3601
    assert float(file.read_text(encoding="ascii")) == 3600
    assert list(tmp_path.iterdir()) == [file]


def test_yesterdays_jumps_are_kept(tmp_path: Path) -> None:
    Clock(tmp_path / "clock").forward(86400)
    assert Clock(tmp_path / "clock").offset == 86400


@pytest.mark.parametrize("found", ["", "soon", "nan", "-5"])
def test_a_spoilt_file_is_no_obstacle(tmp_path: Path, found: str) -> None:
    (tmp_path / "clock").write_text(found, encoding="ascii")
    assert Clock(tmp_path / "clock").offset == 0


@pytest.mark.parametrize("seconds", [-1, float("nan"), float("inf")])
def test_it_never_goes_back(seconds: float) -> None:
    with pytest.raises(ValueError, match="forward only"):
        Clock().forward(seconds)
