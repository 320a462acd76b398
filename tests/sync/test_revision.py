import pytest

from sync import revision
from sync.errors import SyncError


@pytest.mark.parametrize("text", ["1-a", "1-", "12-967a00dff5e02add41819138abb3284d", "2-bb", "999999999-x"])
def test_any_visible_digest_is_taken_as_it_is(text):
    assert revision.check(text) == text


@pytest.mark.parametrize(
    "text", ["", "1", "-", "-a", "0-a", "01-a", "a-1", "1-a b", '1-a"', "1-a\n", "9999999999-a", 3, None]
)
def test_what_is_no_revision_is_refused(text):
    with pytest.raises(SyncError) as refused:
        revision.check(text)
    assert refused.value.status == 400


def test_the_same_edit_gets_the_same_name_and_any_other_another():
    def name(parent="1-a", *, deleted=False, content=b'{"a":1}', attachments=()):
        return revision.following(parent, deleted=deleted, content=content, attachments=list(attachments))

    assert name() == name()
    assert len({name(), name("1-b"), name(deleted=True), name(content=b"{}"), name(attachments=["md5-x"])}) == 5
    assert name().startswith("2-")


def test_a_history_longer_than_its_generation_is_refused():
    assert revision.path(3, ["c", "b"]) == ("3-c", "2-b")
    with pytest.raises(SyncError):
        revision.path(1, ["c", "b"])
