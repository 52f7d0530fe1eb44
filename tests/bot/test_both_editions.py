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
from tests.corpus import FOLDER, documents, plain

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
    asked_afresh = list(answer_changes(QUESTIONS, lambda q: ask(before, q), lambda q: ask(after, q)))
    fast = list(changed_answers(QUESTIONS, both(assistant(), *fresh()), lambda *_: None))
    assert kinds(fast) == kinds(asked_afresh)
    assert bool(fast) == bool(names)


def rooms(changed: dict[int, int]) -> Document:
    """Sixty passages on what nobody asks for; `changed` says how many chairs are in some rooms."""
    lines = [f"Room {room} on floor {room % 7} has {changed.get(room, 5)} chairs by its window." for room in range(100, 160)]
    return plain("\n\n".join(lines), "rooms.txt")


@settings(max_examples=6, deadline=None)
@given(st.dictionaries(st.integers(100, 159), st.integers(2, 9), min_size=1, max_size=3))
def test_answers_made_of_the_same_are_passed_over_and_the_list_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, changed: dict[int, int]
) -> None:
    questions = (*QUESTIONS, *(f"How many chairs are in room {room}?" for room in (*changed, 111)))
    folder = tmp_path_factory.mktemp("editions")
    before = edition_of(folder / "before", *documents(), rooms({}))
    after = edition_of(folder / "after", *documents(), rooms(changed))
    asked_afresh = list(answer_changes(questions, lambda q: ask(before, q), lambda q: ask(after, q)))
    editions = both(assistant(), before, after).sampled(questions)
    assert editions.alike
    assert kinds(list(changed_answers(questions, editions, lambda *_: None))) == kinds(asked_afresh)
