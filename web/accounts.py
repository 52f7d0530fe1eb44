"""Staff accounts: a name and a password go in, who it is and what they may do comes out. Passwords are kept as argon2."""

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, Engine, RowMapping, delete, insert, select, update

from knowledge.schema import sessions, staff
from knowledge.transactions import reading, writing

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 1_000  # characters
LONGEST_NAME = 64
HASHER = PasswordHasher()


class Role(StrEnum):
    """An editor changes things, a viewer looks."""

    EDITOR = "editor"
    VIEWER = "viewer"


@dataclass(frozen=True, slots=True)
class Person:
    """One account, without its password."""

    id: int
    name: str
    role: Role
    disabled: bool
    made_at: datetime

    @property
    def may_edit(self) -> bool:
        return self.role is Role.EDITOR


class AccountRefused(Exception):
    """The account cannot be made or changed; the message is one sentence that says why."""


class Accounts:
    """Every method is one transaction. Raises DatabaseUnavailable."""

    def __init__(self, engine: Engine, hasher: PasswordHasher = HASHER) -> None:
        self._engine = engine
        self._hasher = hasher
        self._decoy = hasher.hash("no account has this password")

    def add(self, name: str, password: str, role: Role) -> Person:
        """Raises AccountRefused where the name is taken or cannot be used, or the password is too short."""
        name = _name(name)
        row = {"name": name, "password": self._hashed(password), "role": role.value, "disabled": False}
        with writing(self._engine) as connection:
            if _found(connection, name):
                raise AccountRefused(f"there is an account {name} already.")
            connection.execute(insert(staff).values(made_at=datetime.now(UTC), **row))
            return _person(_one(connection, name))

    def everybody(self) -> list[Person]:
        with reading(self._engine) as connection:
            return [_person(row) for row in connection.execute(select(staff).order_by(staff.c.name)).mappings()]

    def set_password(self, name: str, password: str) -> Person:
        """Ends every session of the account. Raises AccountRefused."""
        return self._set(name, {"password": self._hashed(password)})

    def disable(self, name: str, disabled: bool = True) -> Person:
        """A disabled account cannot sign in, and its sessions end; `disabled=False` lets it in again. Raises AccountRefused."""
        return self._set(name, {"disabled": disabled})

    def check(self, name: str, password: str) -> Person | None:
        """Who that is. None for a wrong password, a disabled account and an unknown name alike, after the same work."""
        with reading(self._engine) as connection:
            row = _found(connection, spelled(name))
        right = self._verify(row["password"] if row else self._decoy, password)
        if row is None or not right or row["disabled"]:
            return None
        if self._hasher.check_needs_rehash(row["password"]):
            self._renew(row["id"], row["password"], password)
        return _person(row)

    def _verify(self, hashed: str, password: str) -> bool:
        try:
            return self._hasher.verify(hashed, _normalised(password))
        except (VerificationError, InvalidHashError):
            return False

    def _hashed(self, password: str) -> str:
        if len(password) < SHORTEST_PASSWORD:
            raise AccountRefused(f"a password has at least {SHORTEST_PASSWORD} characters.")
        if len(password) > LONGEST_PASSWORD:
            raise AccountRefused(f"a password has at most {LONGEST_PASSWORD} characters.")
        return self._hasher.hash(_normalised(password))

    def _renew(self, number: int, old: str, password: str) -> None:
        """The same password under today's parameters, unless it was changed meanwhile."""
        hashed = self._hasher.hash(_normalised(password))
        with writing(self._engine) as connection:
            unchanged = (staff.c.id == number) & (staff.c.password == old)
            connection.execute(update(staff).where(unchanged).values(password=hashed))

    def _set(self, name: str, values: dict[str, Any]) -> Person:
        with writing(self._engine) as connection:
            number = _one(connection, name)["id"]
            connection.execute(update(staff).where(staff.c.id == number).values(**values))
            connection.execute(delete(sessions).where(sessions.c.staff == number))
            return _person(_one(connection, name))


def spelled(name: str) -> str:
    """One form for all the ways to type a name; what cannot be seen does not count."""
    return unicodedata.normalize("NFC", "".join(letter for letter in name if letter.isprintable()).strip())


def _name(name: str) -> str:
    found = spelled(name)
    if not found or len(found) > LONGEST_NAME or not name.strip().isprintable():
        raise AccountRefused(f"a name has 1 to {LONGEST_NAME} printable characters.")
    return found


def _normalised(password: str) -> bytes:
    """One keyboard's composed and another's decomposed letters are one password (NIST SP 800-63B, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password[: LONGEST_PASSWORD + 1]).encode("utf-8", "surrogatepass")


def _found(connection: Connection, name: str) -> RowMapping | None:
    return connection.execute(select(staff).where(staff.c.name == name)).mappings().one_or_none()


def _one(connection: Connection, name: str) -> RowMapping:
    row = _found(connection, spelled(name))
    if row is None:
        raise AccountRefused(f"there is no account {spelled(name)}.")
    return row


def _person(row: RowMapping) -> Person:
    return Person(row["id"], row["name"], Role(row["role"]), row["disabled"], row["made_at"])
