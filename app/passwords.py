"""Passwords: hashed with argon2 by pwdlib, never kept as they are."""

import secrets
from functools import cache

from pwdlib import PasswordHash

from app.language import _

SHORTEST, LONGEST = 12, 200
"""Characters of a password. Length is what counts; what it is made of is free (NIST SP 800-63B, 3.1.1)."""
_HASHER = PasswordHash.recommended()
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""What a one-time password is made of: no letter that looks like another."""


class BadPassword(ValueError):
    """A password that may not be chosen. The message says why."""


def hashed(password: str, *, name: str) -> str:
    """The hash of a new password of the account with this name. Raises BadPassword."""
    if len(password) < SHORTEST:
        raise BadPassword(_("A password needs at least %(least)s characters; several words are a good one.", least=SHORTEST))
    if len(password) > LONGEST:
        raise BadPassword(_("A password has at most %(most)s characters.", most=LONGEST))
    if len(set(password)) < 5 or name.casefold() in password.casefold():
        raise BadPassword(_("This password is too easy to guess: it repeats a few characters, or holds the name of the account."))
    return _HASHER.hash(password)


def is_right(password: str, held: str | None) -> bool:
    """Whether a password is the one that this is the hash of. It takes as long where nobody has such an account."""
    right = len(password) <= LONGEST and _HASHER.verify(password, held or _of_nobody())
    return right and held is not None


@cache
def _of_nobody() -> str:
    """A hash that no password has."""
    return _HASHER.hash(secrets.token_urlsafe())


def one_time() -> tuple[str, str]:
    """A new password that is good for one login, and its hash."""
    password = "-".join("".join(secrets.choice(LETTERS) for _letter in range(4)) for _group in range(4))
    return password, _HASHER.hash(password)
