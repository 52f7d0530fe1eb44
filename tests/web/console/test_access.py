"""Who may use which address of the console: a new route that is not in the table fails."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from lxml.html import document_fromstring

from tests.web.console.conftest import Staff

PAGE, FORM, CHANGE, OPEN = "page", "form that changes nothing", "change", "open"
ROUTES = {
    ("GET", "/staff/"): PAGE,
    ("GET", "/staff/review"): PAGE,
    ("POST", "/staff/review/decide"): CHANGE,
    ("GET", "/staff/conflicts"): PAGE,
    ("POST", "/staff/conflicts/<fingerprint>"): CHANGE,
    ("GET", "/staff/documents"): PAGE,
    ("GET", "/staff/documents/view"): PAGE,
    ("GET", "/staff/documents/before"): PAGE,
    ("POST", "/staff/documents/upload"): CHANGE,
    ("POST", "/staff/documents/describe"): CHANGE,
    ("POST", "/staff/documents/remove"): CHANGE,
    ("POST", "/staff/documents/withdraw"): CHANGE,
    ("POST", "/staff/documents/publish"): CHANGE,
    ("GET", "/staff/releases"): PAGE,
    ("POST", "/staff/releases/<release>/back"): CHANGE,
    ("GET", "/staff/work/<name>"): PAGE,
    ("GET", "/staff/try"): PAGE,
    ("POST", "/staff/try"): FORM,
    ("POST", "/staff/try/suppress"): CHANGE,
    ("GET", "/staff/text"): PAGE,
    ("POST", "/staff/text"): FORM,
    ("GET", "/staff/curated"): PAGE,
    ("POST", "/staff/curated/form"): FORM,
    ("POST", "/staff/curated/save"): CHANGE,
    ("POST", "/staff/curated/remove"): CHANGE,
    ("GET", "/staff/golden"): PAGE,
    ("POST", "/staff/golden/add"): CHANGE,
    ("POST", "/staff/golden/remove"): CHANGE,
    ("GET", "/staff/wordings"): PAGE,
    ("POST", "/staff/wordings/add"): CHANGE,
    ("POST", "/staff/wordings/remove"): CHANGE,
    ("GET", "/staff/synonyms"): PAGE,
    ("POST", "/staff/synonyms"): FORM,
    ("POST", "/staff/synonyms/add"): CHANGE,
    ("POST", "/staff/synonyms/remove"): CHANGE,
    ("GET", "/staff/urgent"): PAGE,
    ("POST", "/staff/urgent/add"): CHANGE,
    ("POST", "/staff/urgent/remove"): CHANGE,
    ("GET", "/staff/exports"): PAGE,
    ("GET", "/staff/exports/<table>.<kind>"): PAGE,
    ("GET", "/staff/audit"): PAGE,
    ("GET", "/staff/account"): PAGE,
    ("POST", "/staff/account"): FORM,
    ("GET", "/staff/in"): OPEN,
    ("POST", "/staff/in"): OPEN,
    ("POST", "/staff/out"): FORM,
}
FIELDS = {"question": "Can I bring my dog?", "text": "Dogs are welcome.", "words": "dog, hound"}


def address(rule: str) -> str:
    named = {"<table>.<kind>": "golden-checks.csv", "<fingerprint>": "0" * 16, "<release>": "0" * 32, "<name>": "0" * 32}
    for place, name in named.items():
        rule = rule.replace(place, name)
    return rule


def statuses(staff: Staff, kinds: tuple[str, ...], **fields: Any) -> dict[tuple[str, str], int]:
    found = {}
    for (method, rule), kind in ROUTES.items():
        if kind in kinds and rule != "/staff/out":
            path = address(rule).removeprefix("/staff/")
            found[method, rule] = (staff.get(path) if method == "GET" else staff.post(path, fields)).status_code
    return found


def test_every_route_of_the_console_is_in_the_table(console: Flask) -> None:
    known = {
        (method, rule.rule)
        for rule in console.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/staff")
    }
    assert known == set(ROUTES)


def test_a_stranger_gets_the_door_and_nothing_else(stranger: Staff) -> None:
    assert set(statuses(stranger, (PAGE, FORM, CHANGE), **FIELDS).values()) == {401}
    assert stranger.get("in").status_code == 200


def test_a_viewer_sees_every_page_and_changes_nothing(dora: Staff) -> None:
    assert set(statuses(dora, (CHANGE,), **FIELDS).values()) == {403}
    assert set(statuses(dora, (PAGE,)).values()) <= {200, 404}  # a document that is not there
    assert set(statuses(dora, (FORM,), **FIELDS).values()) <= {200, 422}


def posting(page: str, path: str) -> Iterator[str]:
    """Where the forms and buttons of the page at `path` post to."""
    for form in document_fromstring(page).forms:
        if form.method == "POST":
            yield from (urlsplit(str(action)).path for action in (form.action or path, *form.xpath(".//@formaction")))


def test_a_viewer_is_shown_no_button_that_does_not_work(dora: Staff) -> None:
    for (method, rule), kind in ROUTES.items():
        if method == "GET" and kind is PAGE and "<" not in rule:
            page = dora.get(address(rule).removeprefix("/staff/"))
            actions = set(posting(page.text, address(rule)))
            assert "/staff/out" in actions, rule
            assert actions <= {"/staff/out", "/staff/try", "/staff/text", "/staff/in", "/staff/account"}, rule


def test_an_editor_may_do_all_of_it(alice: Staff) -> None:
    found = statuses(alice, (PAGE, FORM, CHANGE), **FIELDS)
    assert not [route for route, status in found.items() if status in (401, 403) or status >= 500]


@pytest.mark.parametrize("field", ["role", "id", "version", "disabled", "who", "at"])
def test_fields_that_nobody_asked_for_change_nothing(alice: Staff, dora: Staff, field: str) -> None:
    value = {"role": "editor", "disabled": "", "who": "charlie"}.get(field, "1")
    dora.post("account", {field: value, "old": "wrong", "new": "a" * 12, "again": "a" * 12})
    assert dora.post("synonyms/add", {"words": "dog, hound", field: value}).status_code == 403
    alice.post("synonyms/add", {"words": "dog, hound", field: value})
    log = alice.get("audit").text
    assert "charlie" not in log
    assert "dog, hound" in log


def test_a_public_form_is_not_larger_for_being_under_staff(stranger: Staff, alice: Staff) -> None:
    assert stranger.post("in", {"name": "a", "password": "x" * 20_000}).status_code == 413
    assert alice.post("text", {"text": "x" * 500_000}).status_code == 413


def test_the_visitor_s_pages_still_set_no_cookie(console: Flask, enter: Callable[[str], Staff]) -> None:
    staff = enter("alice")
    for path in ("/", "/chat", "/widget.js"):
        with staff.client.get(path) as response:
            assert "Set-Cookie" not in response.headers
