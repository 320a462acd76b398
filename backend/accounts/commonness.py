"""Passwords that anybody would guess first, known without asking a network.

Lists of leaked passwords are long because people decorate a few words: «Passw0rd2026!» is «password». So a password is
undressed first (case, the usual digits for letters, what stands before and after the letters), and what is left is
compared with the words that lead every such list, in our four languages; runs of the keyboard and repetitions are found
by their form, and the person's own name and address count as well (NIST SP 800-63B-4 §3.1.1.2).
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

_LETTERS: Final = str.maketrans(
    {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", "$": "s"}
)
_RUNS: Final = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiopasdfghjklzxcvbnm",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "1q2w3e4r5t6y7u8i9o0p",
    "azertyuiopqsdfghjklmwxcvbn",
    "zaqxswcdevfrbgtnhymjukilop",
)
_LEAST_OWN = 4
_MOSTLY = 0.6
"""A password of which this part is a guessable word is guessed with it."""

_WORDS: Final = frozenset(Path(__file__).with_name("common_words.txt").read_text().split())


def is_common(password: str, own: Iterable[str] = ()) -> bool:
    """Say whether a password is among the first guesses, for anybody or for who knows the person's `own` words."""
    plain = password.casefold()
    bare = re.sub(r"[^a-z]", "", plain.translate(_LETTERS))
    letters, keys = re.sub(r"[^a-z]", "", plain), re.sub(r"[^a-z0-9]", "", plain)
    words = {part for word in own for part in re.split(r"[^a-z]+", word.casefold()) if len(part) >= _LEAST_OWN}
    return (
        _repeats(plain)
        or (_mostly(keys, plain) and _runs(keys))
        or any(_mostly(one, plain) for one in (bare, letters) if one in _WORDS or _doubled(one))
        or _mostly("".join(word for word in words if word in letters or word in bare), plain)
        or any(_mostly(word, plain) for word in _WORDS if bare.startswith(word) or letters.startswith(word))
    )


def _mostly(part: str, whole: str) -> bool:
    return len(part) >= len(whole) * _MOSTLY


def _doubled(word: str) -> bool:
    half = word[: len(word) // 2]
    return bool(half) and half * 2 == word and half in _WORDS


def _repeats(text: str) -> bool:
    """Say whether a text is one short piece again and again: aaaaaaaa, 12121212, abcabcabc."""
    return any(text == (text[:size] * len(text))[: len(text)] for size in range(1, min(4, len(text) // 2) + 1))


def _runs(text: str) -> bool:
    """Say whether a text follows the keyboard or the alphabet, forwards or backwards, in one or two runs."""
    both = [*_RUNS, *(one[::-1] for one in _RUNS)]
    first = max((size for size in range(1, len(text) + 1) if any(text[:size] in one for one in both)), default=0)
    rest = text[first:]
    return len(text) - len(rest) >= _LEAST_OWN and (not rest or (len(rest) >= 3 and any(rest in one for one in both)))  # noqa: PLR2004 — two keys side by side are no run
