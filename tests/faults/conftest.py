"""The app, its visitors and its staff, of tests/web."""

from tests.web.conftest import app, free_port, make_app, published, visitor
from tests.web.console.conftest import alice, console, enter, staffed

__all__ = ["alice", "app", "console", "enter", "free_port", "make_app", "published", "staffed", "visitor"]
