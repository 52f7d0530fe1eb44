import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, insert, update

from knowledge import schema
from tests.web.console.conftest import PASSWORDS, Staff
from web import parts
from web.throttle import FREE_FOR_ACCOUNT, LONGEST_WAIT, Attempt


def cookie(staff: Staff, name: str = "faqtual_staff") -> str:
    found = staff.client.get_cookie(name, path="/staff")
    return found.value if found else ""


def test_the_right_password_opens_the_page_that_was_asked_for(stranger: Staff) -> None:
    asked = stranger.get("golden?x=1")
    assert asked.status_code == 401
    assert 'name="next" value="/staff/golden?x=1"' in asked.text
    opened = stranger.post("in", {"name": "alice", "password": PASSWORDS["alice"], "next": "/staff/golden?x=1"})
    assert (opened.status_code, opened.location) == (303, "/staff/golden?x=1")
    assert stranger.get("golden").status_code == 200


@pytest.mark.parametrize(
    "away",
    ["https://evil.example/staff/", "//evil.example/staff/", "/\\evil.example", "javascript:x()", "/chat", "/staff/\n", "//["],
)
def test_nobody_is_sent_to_another_site(stranger: Staff, away: str) -> None:
    opened = stranger.post("in", {"name": "alice", "password": PASSWORDS["alice"], "next": away})
    assert opened.location == "/staff/"


def test_an_unknown_name_a_wrong_password_and_a_disabled_account_are_told_alike(stranger: Staff, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(update(schema.staff).where(schema.staff.c.name == "bob").values(disabled=True))
    answers = [stranger.sign_in("alice", "wrong"), stranger.sign_in("charlie", "wrong"), stranger.sign_in("bob")]
    texts = [re.sub(r'value="[^"]*"', "", answer.text) for answer in answers]
    assert {answer.status_code for answer in answers} == {403}
    assert texts[0] == texts[1] == texts[2]
    assert "The name or the password is not right." in texts[0]


def test_the_session_s_id_is_new_after_the_password(stranger: Staff) -> None:
    """What somebody planted in the browser before is worth nothing."""
    stranger.get("in")
    planted = cookie(stranger)
    stranger.sign_in("alice")
    first = cookie(stranger)
    assert planted != first
    stranger.sign_in("alice")
    assert cookie(stranger) not in ("", planted, first)
    stranger.client.set_cookie("faqtual_staff", first, path="/staff")
    assert stranger.get("").status_code == 401
    stranger.client.set_cookie("faqtual_staff", planted, path="/staff")
    assert stranger.get("").status_code == 401


def test_after_signing_out_the_cookie_opens_nothing(alice: Staff) -> None:
    kept = cookie(alice)
    assert alice.post("out").location == "/staff/in"
    assert alice.get("").status_code == 401
    alice.client.set_cookie("faqtual_staff", kept, path="/staff")
    assert alice.get("").status_code == 401


def test_a_session_ends_by_itself(alice: Staff, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(update(schema.sessions).values(seen_at=datetime.now(UTC) - timedelta(minutes=31)))
    assert alice.get("").status_code == 401


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(enter: Callable[[str], Staff]) -> None:
    here, there = enter("alice"), enter("alice")
    old = {"old": PASSWORDS["alice"]}
    assert here.post("account", {**old, "new": "one new password", "again": "another new one"}).status_code == 422
    assert here.post("account", {**old, "new": "short", "again": "short"}).status_code == 422
    assert here.post("account", {"old": "wrong", "new": "one new password", "again": "one new password"}).status_code == 422
    assert there.get("").status_code == 200
    assert here.post("account", {**old, "new": "one new password", "again": "one new password"}).status_code == 303
    assert here.get("").status_code == 200
    assert there.get("").status_code == 401
    assert there.sign_in("alice").status_code == 403
    assert there.sign_in("alice", "one new password").status_code == 303


def failed_often(engine: Engine, name: str) -> None:
    """As if strangers had tried for a while: the wait is at its longest."""
    row = {"name": Attempt(name, "").account, "address": "203.0.113.9", "at": datetime.now(UTC)}
    with engine.begin() as connection:
        connection.execute(insert(schema.login_failures), [row] * (FREE_FOR_ACCOUNT + 10))


def test_wrong_passwords_are_slowed_down_and_the_owner_still_gets_in(
    enter: Callable[[str], Staff], stranger: Staff, engine: Engine
) -> None:
    owner = enter("alice")
    owner.post("out")
    for name in ("alice", "charlie"):
        assert stranger.sign_in(name, "wrong").status_code == 403
        failed_often(engine, name)
        refused = stranger.sign_in(name)
        assert refused.status_code == 429
        assert 0 < int(refused.headers["Retry-After"]) <= LONGEST_WAIT
        assert "Too many attempts. Please wait" in refused.text
    assert owner.sign_in("alice").status_code == 303


@pytest.mark.parametrize(
    ("base_url", "address", "secure"),
    [
        ("http://localhost", "127.0.0.1", False),
        ("http://127.0.0.1:8000", "127.0.0.1", False),
        ("http://[::1]:8000", "::1", False),
        ("https://faq.example", "127.0.0.1", True),
        ("http://faq.example", "127.0.0.1", True),
        ("http://localhost", "203.0.113.9", True),
    ],
)
def test_cookies_are_for_this_site_and_not_for_scripts(stranger: Staff, base_url: str, address: str, secure: bool) -> None:
    there = {"base_url": base_url, "environ_base": {"REMOTE_ADDR": address}}
    page = stranger.get("in", **there)
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert found
    for set_cookie in page.headers.getlist("Set-Cookie"):
        assert "HttpOnly" in set_cookie
        assert "SameSite=Strict" in set_cookie
        assert "Path=/staff" in set_cookie
        assert ("Secure" in set_cookie) == secure
    data = {"csrf_token": found[1], "name": "alice", "password": PASSWORDS["alice"]}
    signed_in = stranger.client.post("/staff/in", data=data, **there)
    cookies = signed_in.headers.getlist("Set-Cookie")
    assert len(cookies) == 2
    assert all(("Secure" in one) == secure and "HttpOnly" in one and "SameSite=Strict" in one for one in cookies)


def test_a_link_from_another_site_does_not_sign_anybody_out(alice: Staff) -> None:
    """The browser sends no cookie with it: the page that answers must not set a new one."""
    kept = cookie(alice)
    alice.client.delete_cookie("faqtual_staff", path="/staff")
    page = alice.get("golden", headers={"Sec-Fetch-Site": "cross-site"})
    assert page.status_code == 401
    assert "Set-Cookie" not in page.headers
    assert 'href="/staff/golden"' in page.text
    alice.client.set_cookie("faqtual_staff", kept, path="/staff")
    assert alice.get("golden").status_code == 200


def test_a_form_needs_the_token_of_its_own_session(alice: Staff, enter: Callable[[str], Staff]) -> None:
    other = enter("bob").token()
    old = alice.token()
    for token in ("", "made up", other, None):
        data = {"words": "car, automobile"} | ({} if token is None else {"csrf_token": token})
        assert alice.client.post("/staff/synonyms/add", data=data).status_code == 403
    alice.sign_in("alice")
    stale = {"words": "car, automobile", "csrf_token": old}
    assert alice.client.post("/staff/synonyms/add", data=stale).status_code == 403
    assert "automobile" not in alice.get("synonyms").text


def test_a_new_secret_signs_nobody_out(console: Flask, make_app: Callable[..., Flask]) -> None:
    settings = parts.of(console).settings
    first = make_app(data=settings.data, secret_key=("a" * 40,))
    staff = Staff(first.test_client())
    staff.sign_in("alice")
    opened_before = {"csrf_token": staff.token(), "text": "Dogs are welcome."}
    rotated = make_app(data=settings.data, secret_key=("b" * 40, "a" * 40))
    moved = Staff(rotated.test_client())
    moved.client.set_cookie("faqtual_staff", cookie(staff), path="/staff")
    assert moved.get("").status_code == 200
    assert moved.client.post("/staff/text", data=opened_before).status_code == 200


def test_nothing_of_the_console_is_cached_framed_or_named_to_others(alice: Staff, stranger: Staff) -> None:
    for page in (alice.get(""), stranger.get("in"), alice.get("exports/golden-checks.csv"), stranger.get("")):
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers.getlist("X-Frame-Options") == ["DENY"]
        assert page.headers.getlist("Referrer-Policy") == ["same-origin"]
        assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
        assert "unsafe" not in page.headers["Content-Security-Policy"]
