"""The register of what is kept about people names everything there is."""

import msgspec
import pytest
from piccolo.columns import Varchar
from piccolo.table import Table

from backend.accounts.tables import Account
from backend.kit.types import Erasure, Ground, Personal
from backend.privacy import rows
from backend.privacy.register import Register, make_register
from backend.replication.registry import TYPES
from backend.tables import TABLES


@pytest.fixture(scope="module")
def register() -> Register:
    return make_register(TYPES, TABLES)


def test_every_type_of_document_is_in_the_register_with_all_its_members(register: Register) -> None:
    records = {one.name: one for one in register.records if one.kept_in == "documents"}
    assert set(records) == {one.name for one in TYPES}
    for declaration in TYPES:
        present = {one.encode_name for one in msgspec.structs.fields(declaration.struct)} - {"_rev"}
        assert set(records[declaration.name].fields) == present


def test_every_table_is_in_the_register_with_all_its_columns(register: Register) -> None:
    records = {one.name: one for one in register.records if one.kept_in == "rows"}
    assert set(records) == {one._meta.tablename for one in TABLES}
    for table in TABLES:
        assert set(records[table._meta.tablename].fields) == {one._meta.name for one in table._meta.columns}


class Guest(Table):
    name = Varchar(help_text=Personal.NAME)
    shoe_size = Varchar()


def test_a_table_that_nobody_gave_a_reason_stops_the_program() -> None:
    with pytest.raises(KeyError):
        make_register(TYPES, [Guest])


def test_a_column_without_a_class_stops_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(rows.REASONS, Guest, rows.REASONS[Account])  # type: ignore[index]
    with pytest.raises(ValueError, match="None"):
        make_register(TYPES, [Guest])


def test_what_tells_about_a_person_has_a_ground_a_time_and_an_end(register: Register) -> None:
    telling = {Personal.NAME, Personal.CONTACT, Personal.FREE_TEXT, Personal.MEDIA, Personal.CREDENTIAL}
    for one in register.records:
        assert one.purpose.endswith(".")
        if telling & set(one.fields.values()):
            assert one.personal, one.name
            assert one.ground is not Ground.NOT_PERSONAL, one.name
            assert one.retention, one.name
            assert one.erasure is not Erasure.KEEP, one.name


def test_no_document_holds_an_address_or_a_credential(register: Register) -> None:
    for one in register.records:
        if one.kept_in == "documents":
            assert not {Personal.CONTACT, Personal.CREDENTIAL} & set(one.fields.values()), one.name


def test_the_register_can_be_read_by_programs(register: Register) -> None:
    told = msgspec.json.decode(msgspec.json.encode(register))
    [contribution] = [one for one in told["records"] if one["name"] == "contribution"]
    assert contribution["fields"]["text"] == "free-text"
    assert contribution["ground"] == "public-task"
    assert contribution["export"] is True


def test_what_lies_in_a_persons_own_space_does_not_wait_for_the_end_of_a_process(register: Register) -> None:
    kept = {one.name: one.retention for one in register.records if one.kept_in == "documents"}
    assert kept["notice"] == kept["read"] == "90 days"
    assert kept["claim"].endswith("after the end of the process")
