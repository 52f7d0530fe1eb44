"""Requests that the description allows, and requests that it forbids: every answer is one that it describes."""

import gc
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode


@pytest.fixture(autouse=True)
def no_collection() -> Iterator[None]:
    """CPython 3.11 fails now and then where garbage is collected while a syntax tree is made (python/cpython#106905), and
    what generates the requests reads the source of many functions."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize(("path", "method"), [("/api/v1/ask", "POST"), ("/api/v1/feedback", "POST")])
def test_every_answer_is_one_that_is_described(
    make_app: Callable[..., Flask], path: str, method: str, mode: GenerationMode
) -> None:
    description = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", make_app())

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(description[path][method].as_strategy(generation_mode=mode))
    def answers(case: Any) -> None:
        case.call_and_validate()

    answers()


@pytest.mark.parametrize("name", ["\\ud800", "\\u0000", "role"])
def test_a_field_that_is_not_ours_is_ignored_whatever_its_name(make_app: Callable[..., Flask], name: str) -> None:
    body = f'{{"question": "Can I bring my dog?", "{name}": 1}}'
    reply = make_app().test_client().post("/api/v1/ask", data=body, content_type="application/json")
    assert (reply.status_code, name in reply.get_data(as_text=True)) == (200, False)
