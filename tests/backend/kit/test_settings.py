from pathlib import Path

import pytest

from backend.kit.settings import Settings, SettingsError, documentation, read_settings, unknown_settings


def test_without_any_setting_one_person_can_try_it_on_this_machine_alone():
    settings = read_settings({})

    assert (settings.host, settings.port, settings.data) == ("127.0.0.1", 8000, Path("data"))
    assert not settings.secure


def test_the_environment_is_read_and_the_command_line_goes_before_it():
    settings = read_settings({"INTERLINK_PORT": "9000", "INTERLINK_DATA": "/srv/a"}, data=Path("/srv/b"), port=None)

    assert (settings.port, settings.data) == (9000, Path("/srv/b"))


def test_an_empty_variable_counts_as_not_set():
    assert read_settings({"INTERLINK_PUBLIC_URL": ""}).public_url is None


@pytest.mark.parametrize(
    ("variable", "value"),
    [("PORT", "eighty"), ("PORT", "70000"), ("LOG_FORMAT", "xml"), ("NAME", "x" * 81)],
)
def test_a_value_that_cannot_be_is_refused_by_the_name_of_its_variable(variable, value):
    with pytest.raises(SettingsError, match=f"INTERLINK_{variable} cannot be used"):
        read_settings({f"INTERLINK_{variable}": value})


def test_every_setting_has_a_sentence():
    sentences = documentation()

    assert {f"INTERLINK_{name.upper()}" for name in Settings.__struct_fields__ if name != "oidc"} <= set(sentences)
    assert all(sentence.endswith(".") for sentence in sentences.values())


def test_a_slip_of_the_pen_is_noticed():
    assert unknown_settings({"INTERLINK_PROT": "1", "INTERLINK_PORT": "1", "PATH": "/", "INTERLINK_SOAK": "1"}) == [
        "INTERLINK_PROT"
    ]


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://interlink.example/", "https://interlink.example"),
        ("https://interlink.example:8443/app", "https://interlink.example:8443"),
    ],
)
def test_the_origin_is_what_browsers_call_it(url, origin):
    assert Settings(public_url=url).origin == origin
    assert Settings(public_url=url).secure
