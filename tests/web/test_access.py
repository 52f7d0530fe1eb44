import re
import socket
import time
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from web import parts
from web.access import LARGEST_BODY
from web.counts import Windows
from web.strangers import MOST_NAMED

SITE, STRANGER = "https://www.example.org", "https://stranger.example"
QUESTION = {"question": "Can I bring my dog?"}

# Who may use which address: a new route that is not in this table fails the test below it.
ROUTES = {
    ("GET", "/"): "anybody",
    ("GET", "/chat"): "anybody",
    ("POST", "/chat"): "anybody",
    ("GET", "/widget.js"): "anybody",
    ("GET", "/static/chat/<version>/<path:name>"): "anybody",
    ("GET", "/static/<path:filename>"): "anybody",
    ("POST", "/api/v1/ask"): "anybody",
    ("POST", "/api/v1/feedback"): "anybody",
    ("GET", "/api/v1/openapi.json"): "anybody",
    ("GET", "/sources/<document_id>"): "anybody",
    ("GET", "/healthz"): "anybody",
    ("GET", "/readyz"): "anybody",
    ("GET", "/metrics"): "this machine or a bearer token",
}
CONSOLE = "/staff"  # has a table of its own


def routes(app: Flask) -> set[tuple[str, str]]:
    return {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if not rule.rule.startswith(CONSOLE)
    }


def test_a_site_that_is_not_listed_is_named_once_in_the_log(
    make_app: Callable[..., Flask], caplog: pytest.LogCaptureFixture
) -> None:
    client = make_app(sites=(SITE,)).test_client()
    for _ in range(2):
        client.options("/api/v1/ask", headers={"Origin": STRANGER, "Access-Control-Request-Method": "POST"})
        client.post("/api/v1/ask", json=QUESTION, headers={"Origin": STRANGER})
        client.post("/api/v1/ask", json=QUESTION, headers={"Origin": SITE})
        client.post("/api/v1/ask", json=QUESTION, headers={"Origin": "http://localhost"})
    assert [record.getMessage() for record in caplog.records] == [
        f"pages of '{STRANGER}' may not ask: the setting sites does not list it"
    ]
    for number in range(100):
        client.options("/api/v1/ask", headers={"Origin": f"https://{'x' * 200}{number}.example\x1b"})
    assert len(caplog.records) == MOST_NAMED
    assert caplog.records[-1].getMessage().endswith("no further site is named")
    assert max(len(record.getMessage()) for record in caplog.records) < 250
    assert "\x1b" not in caplog.text


def test_every_route_is_in_the_table_of_who_may_use_it(app: Flask) -> None:
    assert routes(app) == set(ROUTES)


def test_the_numbers_are_for_this_machine_or_a_token(make_app: Callable[..., Flask]) -> None:
    visitor = make_app(metrics_token="let me see").test_client()

    def status(address: str, **headers: str) -> int:
        return visitor.get("/metrics", environ_base={"REMOTE_ADDR": address}, headers=headers).status_code

    refused = visitor.get("/metrics", environ_base={"REMOTE_ADDR": "203.0.113.9"})
    assert refused.headers["WWW-Authenticate"].lower().startswith("bearer")
    assert status("127.0.0.1") == 200
    assert status("::1") == 200
    assert status("203.0.113.9") == 401
    assert status("203.0.113.9", Authorization="Bearer wrong") == 401
    assert status("203.0.113.9", Authorization="Bearer let me see") == 200
    assert status("127.0.0.1", **{"X-Forwarded-For": "203.0.113.9"}) == 401  # through a proxy that the settings do not name


@pytest.mark.parametrize(
    "origin", [STRANGER, "null", "https://www.example.org.evil.example", "http://www.example.org", "*", ""]
)
def test_other_sites_cannot_read_the_api(make_app: Callable[..., Flask], origin: str) -> None:
    visitor = make_app(sites=(SITE,)).test_client()
    for method in ("POST", "OPTIONS"):
        response = visitor.open("/api/v1/ask", method=method, json=QUESTION, headers={"Origin": origin})
        assert not [name for name, _ in response.headers if name.startswith("Access-Control")]
        assert "Origin" in response.vary


def test_the_owners_sites_can(make_app: Callable[..., Flask]) -> None:
    visitor = make_app(sites=(SITE,), rate_limit="1/minute").test_client()
    asked_first = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    before = visitor.options("/api/v1/ask", headers={"Origin": SITE, **asked_first})
    assert before.status_code == 200
    assert before.headers["Access-Control-Allow-Origin"] == SITE
    assert "Content-Type" in before.headers["Access-Control-Allow-Headers"]
    for status in (200, 429):
        response = visitor.post("/api/v1/ask", json=QUESTION, headers={"Origin": SITE})
        assert response.status_code == status
        assert response.headers["Access-Control-Allow-Origin"] == SITE
        assert "Access-Control-Allow-Credentials" not in response.headers


def test_nobody_is_named_by_default(visitor: FlaskClient) -> None:
    response = visitor.post("/api/v1/ask", json=QUESTION, headers={"Origin": SITE})
    assert "Access-Control-Allow-Origin" not in response.headers


def test_the_widgets_files_are_for_every_page(visitor: FlaskClient) -> None:
    linked = re.findall(r"/static/chat/[\w./-]+", visitor.get("/chat").text)
    assert linked
    for path in ("/widget.js", *linked):
        response = visitor.get(path)
        assert response.status_code == 200
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    with visitor.get("/static/site.css") as own:
        assert "Access-Control-Allow-Origin" not in own.headers


def directives(response: TestResponse) -> dict[str, str]:
    policy = response.headers["Content-Security-Policy"]
    named = (part.strip().partition(" ") for part in policy.split(";"))
    return {name: sources for name, _, sources in named}


@pytest.mark.parametrize("path", ["/", "/chat", "/nowhere", "/sources/nowhere", "/healthz", "/api/v1/openapi.json"])
def test_no_page_runs_a_script_of_anybody_else(make_app: Callable[..., Flask], path: str) -> None:
    visitor = make_app(sites=(SITE,), logo="https://pictures.example/logo.svg").test_client()
    response = visitor.get(path)
    found = directives(response)
    assert found["default-src"] == "'none'"
    assert found["script-src"] == found["style-src"] == found["connect-src"] == found["form-action"] == "'self'"
    assert found["base-uri"] == "'none'"
    assert found["require-trusted-types-for"] == "'script'"
    assert found["img-src"] == "'self' https://pictures.example"
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    if path == "/chat":
        assert found["frame-ancestors"] == f"'self' {SITE}"
    else:
        assert found["frame-ancestors"] == "'none'"
        assert response.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("path", ["/", "/chat", "/nowhere"])
def test_no_page_needs_a_script_or_style_in_line(visitor: FlaskClient, path: str) -> None:
    page = visitor.get(path).text
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", page)


def limited(visitor: FlaskClient, address: str, **headers: str) -> int:
    environ = {"REMOTE_ADDR": address}
    return visitor.post("/api/v1/ask", json=QUESTION, environ_base=environ, headers=headers).status_code


def test_each_address_has_its_own_limit(make_app: Callable[..., Flask]) -> None:
    visitor = make_app(rate_limit="2/minute").test_client()
    assert [limited(visitor, "203.0.113.1") for _ in range(3)] == [200, 200, 429]
    assert limited(visitor, "203.0.113.2") == 200


def test_a_limit_says_how_long_to_wait(make_app: Callable[..., Flask]) -> None:
    visitor = make_app(rate_limit="1/minute").test_client()
    limited(visitor, "203.0.113.1")
    response = visitor.post("/api/v1/ask", json=QUESTION, environ_base={"REMOTE_ADDR": "203.0.113.1"})
    assert response.status_code == 429
    assert 1 <= int(response.headers["Retry-After"]) <= 61
    assert response.content_type == "application/problem+json"


def test_an_ipv6_client_is_its_network(make_app: Callable[..., Flask]) -> None:
    visitor = make_app(rate_limit="1/minute").test_client()
    assert limited(visitor, "2001:db8:1:2::1") == 200
    assert limited(visitor, "2001:db8:1:2:ffff::9") == 429
    assert limited(visitor, "2001:db8:1:3::1") == 200
    assert limited(visitor, "203.0.113.7") == 200
    assert limited(visitor, "::ffff:203.0.113.7") == 429


def test_a_forwarded_address_counts_only_behind_as_many_proxies_as_there_are(make_app: Callable[..., Flask]) -> None:
    exposed = make_app(rate_limit="1/minute").test_client()
    assert limited(exposed, "203.0.113.1", **{"X-Forwarded-For": "198.51.100.1"}) == 200
    assert limited(exposed, "203.0.113.1", **{"X-Forwarded-For": "198.51.100.2"}) == 429

    behind_one = make_app(rate_limit="1/minute", proxies=1).test_client()
    assert limited(behind_one, "10.0.0.1", **{"X-Forwarded-For": "198.51.100.1"}) == 200
    assert limited(behind_one, "10.0.0.1", **{"X-Forwarded-For": "198.51.100.2"}) == 200
    assert limited(behind_one, "10.0.0.1", **{"X-Forwarded-For": "forged, 198.51.100.2"}) == 429


def test_walking_the_sources_is_limited_too(make_app: Callable[..., Flask]) -> None:
    visitor = make_app(rate_limit="3/minute").test_client()
    statuses = [visitor.get(f"/sources/{number:032x}").status_code for number in range(5)]
    assert statuses == [404, 404, 404, 429, 429]


def test_health_and_the_widgets_files_are_not_limited(make_app: Callable[..., Flask]) -> None:
    visitor = make_app(rate_limit="1/hour").test_client()
    for path in ("/healthz", "/readyz", "/metrics", "/widget.js"):
        assert [visitor.get(path).status_code for _ in range(3)] == [200, 200, 200]


def test_a_redis_that_is_not_there_costs_nobody_an_answer(make_app: Callable[..., Flask], free_port: int) -> None:
    visitor = make_app(rate_limit="2/minute", redis_url=f"redis://127.0.0.1:{free_port}/0").test_client()
    assert [limited(visitor, "203.0.113.1") for _ in range(4)] == [200, 200, 429, 429]


def test_a_redis_that_hangs_costs_nobody_an_answer(make_app: Callable[..., Flask]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes connections and says nothing
        visitor = make_app(rate_limit="2/minute", redis_url=f"redis://127.0.0.1:{silent.getsockname()[1]}/0").test_client()
        assert [limited(visitor, "203.0.113.1") for _ in range(4)] == [200, 200, 429, 429]


@pytest.mark.parametrize("path", ["/api/v1/ask", "/api/v1/feedback"])
def test_a_large_body_is_refused_before_it_is_read(visitor: FlaskClient, path: str) -> None:
    response = visitor.post(path, data=b" " * (LARGEST_BODY + 1), content_type="application/json")
    assert response.status_code == 413


@pytest.mark.parametrize(
    "path",
    [
        "/static/../settings.py",
        "/static/%2e%2e/settings.py",
        "/static/%252e%252e/settings.py",
        "/static/..%5csettings.py",
        "/static/chat/x/../../../settings.py",
        "/static/chat/x/%2e%2e%2f%2e%2e%2fsettings.py",
        "/sources/../../etc/passwd",
        "/sources/%00",
    ],
)
def test_no_path_leads_out_of_its_folder(visitor: FlaskClient, path: str) -> None:
    response = visitor.get(path)
    assert response.status_code == 404
    assert "Settings" not in response.text


def test_no_cookie_is_set(visitor: FlaskClient) -> None:
    answers: list[Any] = [visitor.get("/"), visitor.get("/chat"), visitor.post("/api/v1/ask", json=QUESTION)]
    assert not [answer for answer in answers if "Set-Cookie" in answer.headers]


def test_responses_are_counted_without_a_word_of_what_was_asked(app: Flask, visitor: FlaskClient) -> None:
    visitor.post("/api/v1/ask", json={"question": "Can I bring my unicorn?"})
    numbers = visitor.get("/metrics").text
    assert 'faqtual_responses_total{route="api.ask",status="200"} 1.0' in numbers
    assert "faqtual_turns_total" in numbers
    assert "unicorn" not in numbers
    assert parts.of(app).edition.release


def test_a_window_ends_whatever_is_counted_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    windows, now = Windows(), time.monotonic()
    monkeypatch.setattr("time.monotonic", lambda: now)
    assert [windows.add("a", 60, 1) for _ in range(3)] == [1, 2, 3]
    monkeypatch.setattr("time.monotonic", lambda: now + 59)
    assert (windows.add("a", 60, 1), windows.count("a"), windows.seconds_left("a")) == (4, 4, 1)
    monkeypatch.setattr("time.monotonic", lambda: now + 61)
    assert (windows.count("a"), windows.add("a", 60, 1)) == (0, 1)
    for number in range(1_000):
        windows.add(f"client {number}", 60, 1)
    monkeypatch.setattr("time.monotonic", lambda: now + 200)
    windows.add("b", 60, 1)
    assert len(windows._counts) == 1  # of those whose window is over nothing is kept
    assert windows.reset() == 1
    assert windows.add("a", 60, 1) == 1
