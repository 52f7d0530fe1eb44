"""The app and its visitors of tests/web."""

from tests.web.conftest import app, free_port, make_app, published, visitor

__all__ = ["app", "free_port", "make_app", "published", "visitor"]
