"""Log lines as programs read them."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from backend.kit.logs import set_up_logs


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_our_lines_and_those_of_libraries_have_one_form(capsys):
    set_up_logs("json", "info")
    structlog.get_logger("interlink").info("refused", word="create")
    logging.getLogger("somebody").warning("beware of %s", "the dog")

    ours, theirs = lines(capsys)
    assert (ours["event"], ours["word"], ours["level"]) == ("refused", "create", "info")
    assert (theirs["event"], theirs["level"]) == ("beware of the dog", "warning")
    assert ours["timestamp"]
    assert theirs["timestamp"]


def look_for_a_spoon(password: str) -> None:
    raise LookupError("a spoon is missing")


@pytest.mark.parametrize("look", ["json", "console"])
def test_a_fault_says_where_it_happened_and_never_with_whose_words(capsys, look):
    set_up_logs(look, "info")
    try:
        look_for_a_spoon("my secret")
    except LookupError as error:
        structlog.get_logger("interlink").error("fault", exc_info=error)

    written = capsys.readouterr().err
    assert "a spoon is missing" in written
    assert "look_for_a_spoon" in written
    assert "my secret" not in written.replace('look_for_a_spoon("my secret")', "")


def test_a_log_kept_in_a_file_has_no_colours_in_it(capsys):
    set_up_logs("console", "info")
    structlog.get_logger("interlink").info("refused", word="create")

    assert "\x1b" not in capsys.readouterr().err


def test_what_is_less_severe_than_asked_for_is_not_written(capsys):
    set_up_logs("json", "warning")
    structlog.get_logger("interlink").info("nothing to see")

    assert lines(capsys) == []
