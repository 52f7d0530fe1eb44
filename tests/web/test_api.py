import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from web import parts, serialise
from web.errors import PROBLEM
from web.options import Contact

FIELDS = {
    "outcome", "reason", "answer", "note", "owner_words", "confidence", "citations", "choices", "nearest", "suggestions",
    "contact", "corrections", "unknown", "query", "release", "id", "conversation",
}  # fmt: skip
CITED = {"number", "side", "document", "heading", "page", "quote", "start", "end", "href", "also"}


def ask(visitor: FlaskClient, question: str, **more: Any) -> dict[str, Any]:
    response = visitor.post("/api/v1/ask", json={"question": question, **more})
    assert response.status_code == 200, response.text
    return loaded(response)


def loaded(response: TestResponse) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(response.data)
    return found


def texts(app: Flask) -> dict[str, str]:
    return {document.id: document.text for document, _ in parts.of(app).edition.contents.documents()}


def test_a_reply_quotes_a_document_and_says_where(app: Flask, visitor: FlaskClient) -> None:
    reply = ask(visitor, "What does a lost card cost?")
    assert reply["outcome"] == "answered"
    assert set(reply) == FIELDS
    [citation, *_] = reply["citations"]
    assert set(citation) == CITED
    assert "£3.50" in citation["quote"]
    assert texts(app)[citation["document"]["id"]][citation["start"] : citation["end"]] == citation["quote"]
    assert citation["document"]["name"] == "house-rules.txt"
    assert citation["href"] == f"/sources/{citation['document']['id']}?start={citation['start']}&end={citation['end']}#quote"
    assert 0 <= reply["confidence"] <= 1


def test_what_the_documents_do_not_say_is_refused_with_the_owners_contact_line(make_app: Callable[..., Flask]) -> None:
    visitor = make_app(contact=Contact("Ring the desk", "tel:+441234567")).test_client()
    reply = ask(visitor, "Which volcano erupted in Iceland?")
    assert (reply["outcome"], reply["answer"], reply["citations"]) == ("no_answer", "", [])
    assert reply["reason"] is not None
    assert reply["note"]
    assert reply["contact"] == {"text": "Ring the desk", "href": "tel:+441234567"}


def test_a_correction_is_shown(visitor: FlaskClient) -> None:
    reply = ask(visitor, "What does a lost crad cost?")
    assert reply["corrections"] == [{"from": "crad", "to": "card"}]


def test_a_conversation_goes_on_with_the_token_of_the_last_reply(visitor: FlaskClient) -> None:
    first = ask(visitor, "Can I bring my dog?")
    alone = ask(visitor, "are you sure?")
    after = ask(visitor, "are you sure?", conversation=first["conversation"])
    assert [c["quote"] for c in after["citations"]] != [c["quote"] for c in alone["citations"]]
    assert any("dog" in c["quote"].lower() for c in after["citations"])


@pytest.mark.parametrize("token", ["", "nonsense", "a.b.c", "x" * 5_000, None])
def test_a_token_that_is_not_ours_starts_afresh(visitor: FlaskClient, token: str | None) -> None:
    assert ask(visitor, "Can I bring my dog?", conversation=token)["outcome"] in ("answered", "conflict")


def test_the_same_question_gets_the_same_answer(visitor: FlaskClient) -> None:
    volatile = {"id", "conversation"}
    first, second = ({k: v for k, v in ask(visitor, "Can I bring my dog?").items() if k not in volatile} for _ in "12")
    assert first == second


@pytest.mark.parametrize(
    "question",
    [
        "",
        " ",
        "?",
        "a",
        "x" * 500,
        "e\u0301" * 250,
        "\u202eevil\u202c",
        "a\u200bb",
        "👩‍👩‍👧",
        "A" + "\u0301" * 499,
        "\x07\x1b[31m",
    ],
)
def test_any_text_of_up_to_500_characters_gets_a_reply(visitor: FlaskClient, question: str) -> None:
    assert ask(visitor, question)["outcome"]


def bad(body: bytes | str, status: int, content_type: str = "application/json") -> Any:
    return pytest.param(body.encode() if isinstance(body, str) else body, content_type, status)


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        bad("{}", 422),
        bad("[]", 422),
        bad('"question"', 422),
        bad("null", 422),
        bad("", 400),
        bad("{", 400),
        bad('{"question": 3}', 422),
        bad('{"question": ["a"]}', 422),
        bad('{"question": null}', 422),
        bad('{"question": "a", "conversation": 3}', 422),
        bad('{"question": "a", "lang": "no such language!"}', 422),
        bad('{"question": "a", "lang": "abc-12345678-12345678-12345678-12345678"}', 422),  # 39 characters
        bad('{"question": "a", "question": "b"}', 400),
        bad('{"question": NaN}', 400),
        bad('{"question": Infinity}', 400),
        bad('{"question": %s}' % ("9" * 5_000), 400),
        bad('{"question": 1e999}', 422),
        bad('{"question": "\\u0000"}', 422),
        bad('{"question": "\\ud800"}', 422),
        bad('{"question": "a", "conversation": "\\udfff"}', 422),
        bad(b'{"question": "\xff"}', 400),
        bad("[" * 16_000, 400),
        bad('{"question":' + "[" * 31 + "]" * 31 + "}", 422),
        bad('{"question":' + "[" * 32 + "]" * 32 + "}", 400),
        bad('{"question":' + '{"a":' * 2_500 + "1" + "}" * 2_501, 400),
        bad(json.dumps({"question": '\\"' + "[" * 200, "lang": "no such language!"}), 422),
        bad(json.dumps({"question": "x" * 501}), 422),
        bad(json.dumps({"question": "x" * 10_000}), 422),
        bad(json.dumps({"question": "x" * 20_000}), 413),
        bad(json.dumps({"question": "x" * 1_000_000}), 413),
        bad('{"question": "a"}', 415, "text/plain"),
        bad('{"question": "a"}', 415, "application/x-www-form-urlencoded"),
        bad('{"question": "a"}', 415, ""),
    ],
)
def test_a_bad_request_is_a_problem_and_never_a_crash(
    visitor: FlaskClient, body: bytes, content_type: str, status: int
) -> None:
    response = visitor.post("/api/v1/ask", data=body, content_type=content_type)
    assert response.status_code == status
    assert_problem(response)


def assert_problem(response: TestResponse) -> None:
    assert response.content_type == PROBLEM
    problem = json.loads(response.data)
    assert problem["status"] == response.status_code
    assert problem["title"]
    assert problem["detail"].endswith(".")


@pytest.mark.parametrize(
    ("sent", "detail", "field"),
    [
        ({}, "“question” is missing.", "question"),
        ({"question": "x" * 501}, "“question” has more than 500 characters.", "question"),
        ({"question": 3}, "“question” is not what /api/v1/openapi.json describes.", "question"),
        ({"question": "a", "lang": "?"}, "“lang” is not what /api/v1/openapi.json describes.", "lang"),
        ([], "The body has to be a JSON object.", None),
    ],
)
def test_what_is_wrong_with_a_request_is_said_in_words(visitor: FlaskClient, sent: Any, detail: str, field: str | None) -> None:
    problem = visitor.post("/api/v1/ask", json=sent).get_json()
    assert (problem["detail"], problem.get("field")) == (detail, field)


def test_a_byte_order_mark_does_no_harm(visitor: FlaskClient) -> None:
    response = visitor.post(
        "/api/v1/ask", data=b'\xef\xbb\xbf{"question": "a"}', content_type="application/json; charset=utf-8"
    )
    assert response.status_code == 200


def test_what_the_contract_does_not_know_is_ignored(visitor: FlaskClient) -> None:
    reply = ask(visitor, "Can I bring my dog?", role="admin", id="1", release="another", staff=True)
    assert reply["release"] != "another"


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/api/v1/ask", 405), ("GET", "/api/v1/nothing", 404)])
def test_every_failure_under_the_api_has_the_same_shape(visitor: FlaskClient, method: str, path: str, status: int) -> None:
    response = visitor.open(path, method=method)
    assert response.status_code == status
    assert_problem(response)
    assert status != 405 or "POST" in response.headers["Allow"]


def test_an_unexpected_failure_tells_nobody_what_was_typed(
    visitor: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("failed on: my phone is 07700 900123")

    monkeypatch.setattr(serialise, "reply", broken)
    response = visitor.post("/api/v1/ask", json={"question": "my phone is 07700 900123"})
    assert response.status_code == 500
    assert_problem(response)
    assert "07700" not in response.text + caplog.text
    assert "RuntimeError" in caplog.text
    assert "test_api.py" in caplog.text


def votes(app: Flask, passage: str) -> tuple[int, int] | None:
    return parts.of(app).transcript.votes_of([passage]).get(passage)


def test_the_last_vote_on_an_answer_wins_and_only_counts_are_kept(app: Flask, visitor: FlaskClient) -> None:
    reply = ask(visitor, "What does a lost card cost?")
    signed = parts.of(app).signer.read_answer(reply["id"])
    assert signed is not None
    for helpful, counts in ((True, (1, 0)), (True, (1, 0)), (False, (0, 1))):
        response = visitor.post("/api/v1/feedback", json={"id": reply["id"], "helpful": helpful, "comment": "thanks"})
        assert (response.status_code, response.data) == (204, b"")
        assert votes(app, signed.passages[0]) == counts
    assert list(parts.of(app).transcript.export()) == []


@pytest.mark.parametrize(
    ("vote", "status"),
    [
        ({"id": "made up", "helpful": True}, 404),
        ({"helpful": True}, 422),
        ({"id": "x"}, 422),
        ({"id": "x", "helpful": "yes"}, 422),
        ({"id": 1, "helpful": True}, 422),
        ({"id": "x", "helpful": True, "comment": "x" * 501}, 422),
    ],
)
def test_a_vote_on_nothing_of_ours_is_refused(visitor: FlaskClient, vote: dict[str, Any], status: int) -> None:
    response = visitor.post("/api/v1/feedback", json=vote)
    assert response.status_code == status
    assert_problem(response)


def test_questions_are_kept_redacted_and_only_where_the_owner_says_so(make_app: Callable[..., Flask]) -> None:
    app = make_app(log_questions=True)
    reply = ask(app.test_client(), "Can I bring my dog? Write to ada@example.org")
    app.test_client().post("/api/v1/feedback", json={"id": reply["id"], "helpful": False, "comment": "ring 07700 900123"})
    here = parts.of(app)
    assert here.log is not None
    here.log.close()
    [record] = here.transcript.export()
    assert "dog" in record.utterance
    assert "ada@example.org" not in record.utterance + record.query
    assert here.transcript.erase(record.id) == 1


def test_the_description_names_every_field_and_loads_nothing_from_elsewhere(visitor: FlaskClient) -> None:
    found = loaded(visitor.get("/api/v1/openapi.json"))
    schemas = found["components"]["schemas"]
    assert set(schemas["Reply"]["properties"]) == FIELDS
    assert set(schemas["Cited"]["properties"]) == CITED
    assert set(schemas["Corrected"]["properties"]) == {"from", "to"}
    assert schemas["Question"]["properties"]["question"]["maxLength"] == 500
    assert set(found["paths"]) == {"/api/v1/ask", "/api/v1/feedback"}
    failures = found["paths"]["/api/v1/ask"]["post"]["responses"]
    assert set(failures) == {"200", "400", "413", "415", "422", "429", "503"}
    assert list(failures["422"]["content"]) == [PROBLEM]


def test_nothing_published_is_said_plainly(make_app: Callable[..., Flask], tmp_path: Any) -> None:
    visitor = make_app(data=tmp_path).test_client()
    response = visitor.post("/api/v1/ask", json={"question": "Can I bring my dog?"})
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert_problem(response)
