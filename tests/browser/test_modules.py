"""The modules without DOM, each by itself in the browser: client, transcript, citation, words."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.chat import Chat
from web.fragments import on_site

pytestmark = pytest.mark.browser

Run = Callable[..., Any]


@pytest.fixture
def run(chat: Chat) -> Run:
    """Runs the body of an async function with the modules' names in scope, and `server` and `given` beside them."""
    chat.visit("/other")
    names = ("client", "transcript", "citation", "words")
    imports = "".join(f"Object.assign(scope, await import(`${{server}}static/chat/{name}.js`));" for name in names)

    def call(body: str, given: Any = None) -> Any:
        inner = f"(async ({{ {NAMES} }}) => {{ {body} }})(scope)"
        return chat.page.evaluate(
            f"async ([server, given]) => {{ const scope = {{}}; {imports} return {inner}; }}", [chat.api.url, given]
        )

    return call


NAMES = "Client, Failure, Transcript, KEPT, Words, address, onSite, plainText"
ASK = """const kind = ({ kind, seconds }) => [kind, seconds];
         const ask = (text, patience) => new Client(server, 'en', patience).ask(text, null).catch(kind);"""


def test_every_way_of_failing_has_a_kind(run: Run) -> None:
    assert run(f"{ASK} return Promise.all(['busy', 'broken', 'not json'].map(text => ask(text)))") == [
        ["busy", 7],
        ["broken", 10],
        ["broken", 0],
    ]
    assert run(f"{ASK} return ask('slow', 50)") == ["slow", 0]
    assert run("return new Client('http://127.0.0.1:9/', 'en').ask('x', null).catch(({ kind }) => kind)") == "unreachable"


def test_a_storage_that_cannot_be_used_is_done_without(run: Run) -> None:
    throws = "{ getItem() { throw new Error() }, setItem() { throw new Error() } }"
    full = "{ getItem: () => null, setItem() { throw new DOMException('', 'QuotaExceededError') } }"
    for storage in (throws, full, "null"):
        assert (
            run(f"const t = new Transcript('k', {storage}); t.add('q', {{ conversation: 'c' }}); return t.conversation") == "c"
        )


@pytest.mark.parametrize(
    "found", ["no json", '"text"', "null", '{"turns": 3}', '{"turns": [null, {}, {"question": "q"}], "draft": 3}']
)
def test_what_somebody_else_left_in_the_storage_is_ignored(run: Run, found: str) -> None:
    body = "const t = new Transcript('k', { getItem: () => given, setItem() {} }); return [t.turns, t.draft, t.conversation]"
    assert run(body, found) == [[], "", None]


def test_the_oldest_turns_are_forgotten(run: Run) -> None:
    body = """const t = new Transcript('k', null);
              for (let i = 0; i < KEPT + 5; i++) t.add(String(i), { conversation: String(i) });
              return [t.turns.length === KEPT, t.turns[0].question, t.conversation]"""
    assert run(body) == [True, "5", "34"]


@pytest.mark.parametrize(
    ("href", "found"),
    [
        ("/sources/1", "https://faq.example/sources/1"),
        ("https://a.example/x", "https://a.example/x"),
        ("tel:123", "tel:123"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("javascript:alert(1)", None),
        (" java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("", None),
        (None, None),
        ("http://[", None),
    ],
)
def test_links_go_to_the_web_the_telephone_and_the_mail_only(run: Run, href: str | None, found: str | None) -> None:
    assert run("return address(given, 'https://faq.example/')", href) == found


def test_words_are_filled_listed_and_dated(run: Run) -> None:
    look = {"lang": "de", "strings": {"busy": "In {seconds} s, {unknown}"}}
    body = """const words = new Words(given);
              const dates = ['2026-03-01', 'May 2026'].map(date => words.date(date));
              return [words.say('busy', { seconds: 0 }), words.list(['a', 'b']), ...dates]"""
    assert run(body, look) == ["In 0 s, {unknown}", "a, b", "01.03.2026", "May 2026"]


def test_dates_are_written_as_the_visitor_writes_them_in_the_language_of_the_chat(run: Run) -> None:
    body = """const own = { language: 'de', languages: ['de', 'en-GB'] };
              for (const name in own) Object.defineProperty(navigator, name, { value: own[name], configurable: true });
              const made = ['en', 'de', 'fr'].map(lang => new Words({ lang, strings: {} }).date('2026-01-05'));
              for (const name in own) delete navigator[name];
              return made"""
    assert run(body, None) == ["5 Jan 2026", "05.01.2026", "5 janv. 2026"]


def test_the_addresses_of_the_widget_are_those_of_the_server(run: Run) -> None:
    quotes = ["Short - and, sweet & 100 % “free” (really)!", "a | b\tc\nd", "word " * 20, "", "ü ä ß 漢字 'quoted' ~ * !"]
    url = "https://library.example/fees#part"
    made = run("return given[1].map(quote => onSite(given[0], quote))", [url, quotes])
    assert made == [on_site(url, quote) for quote in quotes]
