import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bot.publishing import publish
from tests.corpus import FOLDER
from tests.web.test_api import ask
from web import parts
from web.parts import open_store
from web.settings import Settings


def visible(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def marked(page: str) -> str:
    found = re.findall(r"<mark[^>]*>(.*?)</mark>", page, re.DOTALL)
    return " ".join(html.unescape(" ".join(found)).split())


@pytest.mark.parametrize(
    "question",
    ["What does a lost card cost?", "Can I bring my dog?", "What do I need to join?", "When do you open on Saturday?"],
)
def test_a_citation_opens_its_document_with_the_quote_marked(visitor: FlaskClient, question: str) -> None:
    for citation in ask(visitor, question)["citations"]:
        page = visitor.get(citation["href"])
        assert page.status_code == 200
        assert marked(page.text) == " ".join(citation["quote"].split())
        assert page.text.count('id="quote"') == 1
        assert citation["document"]["name"] in visible(page.text)


def live(app: Flask, name: str) -> str:
    return next(document.id for document, _ in parts.of(app).edition.contents.documents() if document.name == name)


@pytest.mark.parametrize(
    "query",
    ["", "?start=5", "?start=9&end=3", "?start=-1&end=5", "?start=0&end=999999999999999", "?start=a&end=b", "?start=²&end=5"],
)
def test_an_address_without_a_fitting_span_shows_the_text_unmarked(app: Flask, visitor: FlaskClient, query: str) -> None:
    page = visitor.get(f"/sources/{live(app, 'house-rules.txt')}{query}")
    assert page.status_code == 200
    assert "<mark" not in page.text
    assert "A lost card is replaced for £3.50." in visible(page.text)


def test_tables_lists_and_headings_are_read_as_such(app: Flask, visitor: FlaskClient) -> None:
    page = visitor.get(f"/sources/{live(app, 'visit.html')}").text
    assert re.search(r"<th[^>]*>Day Opens Closes</th>", page)
    assert re.search(r"<td[^>]*>Saturday 10.00 16.00</td>", page)
    assert re.search(r"<h\d[^>]*>Opening hours</h\d>", page)
    assert 'href="https://library.example/visit"' in page
    assert re.search(r"<li[^>]*>a photo ID</li>", visitor.get(f"/sources/{live(app, 'questions.md')}").text)


def published_app(make_app: Callable[..., Flask], data: Path, docs: Path) -> Flask:
    settings = Settings(data=data)
    store = open_store(settings)
    publish(store, docs, data)
    store.engine.dispose()
    return make_app(data=data)


def test_a_text_that_is_no_longer_live_says_so_and_links_to_what_is(make_app: Callable[..., Flask], tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    for name, text in (("rules.txt", "Dogs may come in."), ("prices.txt", "A copy costs ten pence.")):
        (docs / name).write_text(text)
    app = published_app(make_app, tmp_path / "data", docs)
    rules, prices = live(app, "rules.txt"), live(app, "prices.txt")

    (docs / "rules.txt").write_text("Dogs may not come in.")
    (docs / "prices.txt").unlink()
    visitor = published_app(make_app, tmp_path / "data", docs).test_client()

    old = visitor.get(f"/sources/{rules}?start=0&end=4")
    assert old.status_code == 410
    assert "may come in" not in old.text
    [successor] = re.findall(r'href="(/sources/[^"]+)"', old.text)
    assert "Dogs may not come in." in visible(visitor.get(successor).text)

    gone = visitor.get(f"/sources/{prices}")
    assert gone.status_code == 410
    assert "/sources/" not in gone.text


def test_what_is_for_staff_is_not_there_for_visitors(make_app: Callable[..., Flask], tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "public.txt").write_text("The library opens at nine.")
    (docs / "staff.txt").write_text("The alarm code changes on Mondays.")
    (docs / "documents.toml").write_text('["staff.txt"]\naudience = "staff"\n')
    app = published_app(make_app, tmp_path / "data", docs)
    visitor = app.test_client()
    hidden = live(app, "staff.txt")
    assert visitor.get(f"/sources/{hidden}").status_code == 404
    assert "alarm" not in visitor.get(f"/sources/{hidden}").text
    assert "alarm" not in str(ask(visitor, "When does the alarm code change?")["citations"])
    (docs / "staff.txt").write_text("The alarm code changes on Fridays.")
    assert published_app(make_app, tmp_path / "data", docs).test_client().get(f"/sources/{hidden}").status_code == 404


def test_markup_in_a_document_is_shown_and_not_run(make_app: Callable[..., Flask], tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    name = "<img src=x onerror=alert(1)>.txt"
    attack = 'Entry costs £5. <script>alert(1)</script> "><svg onload=alert(1)> {{ 7*7 }}'
    (docs / name).write_text(attack)
    app = published_app(make_app, tmp_path / "data", docs)
    page = app.test_client().get(f"/sources/{live(app, name)}?start=0&end={len(attack)}").text
    assert "<script" not in page
    assert "<svg" not in page
    assert "<img" not in page
    assert marked(page) == attack


def test_the_corpus_is_what_is_served(app: Flask) -> None:
    names = {document.name for document, _ in parts.of(app).edition.contents.documents()}
    assert names == {path.name for path in FOLDER.iterdir()}
