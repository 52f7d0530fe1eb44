"""The demo page, and the chat without JavaScript, by the real application on the shared corpus."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from web import parts
from web.chat import KEPT
from web.options import Contact

DESK = Contact("Ring the desk", "tel:+441234567890")
HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    return make_app(name="Thornbeck Town Library", sites=("https://shop.example",), languages=("en", "de"), contact=DESK)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def fields(page: str) -> dict[str, str]:
    return {name: html.unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)}


def questions(page: str) -> list[str]:
    return [
        html.unescape(text)
        for text in re.findall(r'<p class="question"[^>]*><span[^>]*>[^<]*</span><bdi>([^<]*)</bdi></p>', page)
    ]


def ask(client: FlaskClient, question: str, before: str = "", **more: Any) -> str:
    answer = client.post("/chat", data={**fields(before), "question": question, **more})
    assert answer.status_code == 200
    return answer.text


def test_the_demo_page_has_the_name_the_line_to_embed_and_questions_of_the_documents(client: FlaskClient) -> None:
    page = html.unescape(client.get("/").text)
    assert "<h1" in page and "Thornbeck Town Library" in page
    assert '<script type="module" src="http://localhost/widget.js"></script>' in page
    assert 'value="How long can I keep a book?"' in page


def test_a_question_is_answered_with_a_quote_and_its_source(client: FlaskClient) -> None:
    page = ask(client, "Can I bring my dog?")
    assert questions(page) == ["Can I bring my dog?"]
    quote = re.search(r"<blockquote[^>]*><p>([^<]+)</p>", page)
    assert quote and "dogs" in quote[1].lower()
    source = re.search(r'<a href="(/sources/[^"]+)"', page)
    assert source
    assert "<mark" in client.get(html.unescape(source[1])).text


def test_the_conversation_goes_on_in_the_form(client: FlaskClient) -> None:
    first = ask(client, "How long can I keep a book?")
    second = ask(client, "What do I need to join?", first)
    assert questions(second) == ["How long can I keep a book?", "What do I need to join?"]
    assert fields(second)["conversation"] != fields(first)["conversation"]
    assert len(re.findall(r'id="latest"', second)) == 1


def test_a_form_carries_the_latest_turns_only(client: FlaskClient) -> None:
    page = ""
    for number in range(KEPT + 2):
        page = ask(client, f"How many books may I take home? {number}", page)
    assert len(questions(page)) == KEPT + 1  # those carried, and the one just asked
    assert len(fields(page)["shown"]) < 40_000


def test_an_offer_is_asked_whatever_stands_in_the_box(client: FlaskClient) -> None:
    assert questions(ask(client, "half a quest", offer="Can I bring my dog?")) == ["Can I bring my dog?"]


def test_an_empty_box_asks_nothing(client: FlaskClient) -> None:
    before = ask(client, "Can I bring my dog?")
    assert questions(ask(client, "  ", before)) == ["Can I bring my dog?"]


def test_a_vote_counts_and_the_conversation_goes_on(client: FlaskClient, app: Flask) -> None:
    answered = ask(client, "Can I bring my dog?")
    voted = ask(client, "", answered, helpful="no")
    assert "Thank you." in voted
    answer = parts.of(app).signer.read_answer(fields(answered)["id"])
    assert answer
    assert parts.of(app).transcript.votes_of(answer.passages)[answer.passages[0]][1] >= 1
    assert fields(voted)["conversation"] == fields(answered)["conversation"]
    assert "Thank you." not in ask(client, "", voted, helpful="no", id="made up")


def test_nobody_else_can_put_words_in_the_page(client: FlaskClient) -> None:
    before = fields(ask(client, "Can I bring my dog?"))
    for shown in (before["shown"][:-2] + "xx", "made up", "\0", "e30.x.y"):
        assert questions(ask(client, "", **{**before, "shown": shown})) == []


def test_what_is_typed_is_shown_as_text(client: FlaskClient) -> None:
    page = ask(client, HOSTILE)
    assert HOSTILE not in page
    assert questions(page) == [HOSTILE]


def test_a_question_that_is_too_long_is_kept_to_be_shortened_and_the_conversation_goes_on(client: FlaskClient) -> None:
    before = ask(client, "Can I bring my dog?")
    long = "I have told you all of it. " * 20 + "Can I come?"
    answer = client.post("/chat", data={**fields(before), "question": long})
    assert answer.status_code == 422
    assert f'value="{long}"' in answer.text
    assert "please shorten them. Characters left: -51" in answer.text
    assert questions(answer.text) == ["Can I bring my dog?"]
    assert questions(ask(client, "Can I come?", answer.text)) == ["Can I bring my dog?", "Can I come?"]


@pytest.mark.parametrize("question", ["Is there a swimming pool?", "What is the fine for a late book?"])
def test_whom_to_ask_is_said_before_what_may_be_meant_and_where_sources_differ(client: FlaskClient, question: str) -> None:
    page = ask(client, question)
    assert re.search(r'class="answer (no_answer|conflict)"', page)
    contact, nearest = page.find('<p class="contact"'), page.find('<div class="nearest">')
    assert contact > 0
    assert nearest == -1 or contact < nearest


def test_the_language_is_the_form_s_the_address_s_or_the_browser_s(client: FlaskClient) -> None:
    assert "Frage eingeben" in client.get("/chat", headers={"Accept-Language": "fr, de;q=0.5"}).text
    assert "Type your question" in client.get("/chat?lang=en", headers={"Accept-Language": "de"}).text
    page = ask(client, "Darf ich meinen Hund mitbringen?", lang="de")
    assert '<html lang="de">' in page
    assert fields(page)["lang"] == "de"


def test_the_owner_s_sites_may_frame_the_chat_and_nobody_the_demo_page(client: FlaskClient) -> None:
    assert "frame-ancestors 'self' https://shop.example" in client.get("/chat").headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in client.get("/").headers["Content-Security-Policy"]


def test_the_widget_s_files_may_be_read_by_every_site(client: FlaskClient) -> None:
    chat = re.search(r"/static/chat/\w+/chat\.css", client.get("/chat").text)
    assert chat
    for address in ("/widget.js", chat[0]):
        headers = client.get(address, headers={"Origin": "https://anybody.example"}).headers
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_no_page_holds_a_style_attribute_or_a_script_of_its_own(client: FlaskClient) -> None:
    for page in (client.get("/").text, client.get("/chat").text, ask(client, "Can I bring my dog?")):
        assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*\ssrc=)", page)
