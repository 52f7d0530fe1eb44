"""The fast way to find which answers differ between two editions gives what asking both afresh gives."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.checks.answer_changes import AnswerChange, answer_changes
from bot.checks.both_editions import both, changed_answers
from bot.edition import Edition
from knowledge.documents import Document
from tests.bot.small_editions import ask, assistant, edition_of
from tests.corpus import FOLDER, documents

QUESTIONS = (
    *("Can I bring my dog?", "How long can I keep a book?", "What is the fine for a late book?", "What does a lost card cost?"),
    *("Is there a ramp?", "When was the library founded?", "How much is a colour copy?", "Is there a swimming pool?"),
)
CHANGES = {
    "a figure": ("21 days", "28 days"),
    "a denial": ("Dogs are not admitted", "Dogs are admitted"),
    "a longer sentence": ("A lost card is replaced for £3.50.", "Whoever loses a card pays £4 at the desk for another one."),
    "a sentence less": ("A lost card is replaced for £3.50.", ""),
}


def kinds(changes: list[AnswerChange]) -> list[tuple[str, str, str, str]]:
    return [(one.question, str(one.kind), one.before.text, one.after.text) for one in changes]


def changed(names: set[str]) -> tuple[Document, ...]:
    """The library's documents with other rules."""
    text = (FOLDER / "house-rules.txt").read_text(encoding="utf-8")
    for name in sorted(names):
        text = text.replace(*CHANGES[name])
    rules, *others = documents()
    return replace(rules, text=text, blocks=()), *others


@settings(max_examples=12, deadline=None)
@given(st.sets(st.sampled_from(sorted(CHANGES))), st.booleans())
def test_what_is_remembered_for_both_changes_no_answer(
    tmp_path_factory: pytest.TempPathFactory, names: set[str], backwards: bool
) -> None:
    texts = changed(set()), changed(names)
    first, second = reversed(texts) if backwards else texts

    def fresh() -> tuple[Edition, Edition]:
        folder = tmp_path_factory.mktemp("editions")
        return edition_of(folder / "before", *first), edition_of(folder / "after", *second)

    before, after = fresh()
    plain = list(answer_changes(QUESTIONS, lambda q: ask(before, q), lambda q: ask(after, q)))
    fast = list(changed_answers(QUESTIONS, both(assistant(), *fresh()), lambda *_: None))
    assert kinds(fast) == kinds(plain)
    assert bool(fast) == bool(names)
