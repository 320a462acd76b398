"""Passwords that anybody would guess, however they are decorated; and those that nobody would."""

import pytest

from backend.accounts.commonness import is_common


@pytest.mark.parametrize(
    "password",
    [
        "password", "Passw0rd!", "P@ssword1", "password2026", "iloveyou!", "Interlink1", "qwertyuiop", "qwerty123",
        "asdfghjkl", "1qaz2wsx", "12345678", "87654321", "1234567890", "aaaaaaaa", "abcabcabc", "12121212", "abcdefgh",
        "welcome1", "football!", "Summer2026", "ciaociao", "forzaroma1", "bellissima", "sveiki123", "latvija2026",
        "contrasena", "tequiero1", "barcelona1", "!!!!!!!!!", "11111111",
    ],
)  # fmt: skip
def test_a_password_of_every_list_is_found_however_it_is_decorated(password):
    assert is_common(password)


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery", "three cranes over Riga", "zaļš dzeltens kuģis", "Tr0ub4dor&3x", "kJ8#mQ2!vL",
        "my summer house has seven doors", "la gata duerme en la radio", "parole ir mana kaķa vārds", "xkcd936comic",
        "6f1c9b2e7a", "пароль-сорок-два",
    ],
)  # fmt: skip
def test_a_password_that_nobody_would_guess_is_let_through(password):
    assert not is_common(password, ("Ilze Bērziņa", "ilze@example.org"))


@pytest.mark.parametrize("password", ["ilze.berzina", "Berzina2026", "ilze@example", "berzinailze"])
def test_ones_own_name_and_address_are_guesses_too(password):
    assert is_common(password, ("Ilze Berzina", "ilze.berzina@example.org"))
    assert not is_common(password, ("Janis Ozols", "janis@elsewhere.test"))
