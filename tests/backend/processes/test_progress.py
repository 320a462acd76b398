"""How far something is, from its tasks."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from backend.processes.documents import Status
from backend.processes.progress import share_of, status_of
from tests.backend.processes.vectors import written

PHONES = Path(__file__).parents[3] / "pwa/src/lib/model/progress.vectors.json"
STATUSES: tuple[Status, ...] = ("awaiting", "in_progress", "finished")
TASKS = st.lists(st.sampled_from(STATUSES), max_size=300)


def test_phones_are_asked_the_same_questions_with_the_answers_of_the_server() -> None:
    assert PHONES.read_text() == written(), (
        "run: python -m tests.backend.processes.vectors > pwa/src/lib/model/progress.vectors.json"
    )


@given(TASKS)
def test_everything_is_done_exactly_when_each_task_is(tasks: list[Status]) -> None:
    done = bool(tasks) and all(one == "finished" for one in tasks)
    assert (share_of(tasks) == 1) is done
    assert (status_of(tasks) == "finished") is done


@given(TASKS)
def test_the_order_of_tasks_does_not_matter(tasks: list[Status]) -> None:
    assert share_of(tasks) == share_of(tasks[::-1])
    assert status_of(tasks) == status_of(tasks[::-1])


@given(TASKS, st.integers(0, 299))
def test_a_task_that_goes_on_never_sets_the_whole_back(tasks: list[Status], which: int) -> None:
    if which < len(tasks):
        further = [*tasks]
        further[which] = STATUSES[min(STATUSES.index(tasks[which]) + 1, 2)]
        assert share_of(further) >= share_of(tasks)
        assert STATUSES.index(status_of(further)) >= STATUSES.index(status_of(tasks))


@given(TASKS)
def test_nothing_begun_is_nothing_done(tasks: list[Status]) -> None:
    assert (share_of(tasks) == 0) or status_of(tasks) != "awaiting"
