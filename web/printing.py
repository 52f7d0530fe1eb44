"""A turn in, lines for a reader at a terminal out: the outcome, the quotes with their numbers, where each one stands."""

from typing import Any

from bot.answers import Citation, Outcome, Turn
from bot.edition import Edition
from bot.retrieval import Hit, Match, MatchKind
from web.options import Contact
from web.terminal import say

FOUND = 8  # passages that are explained
SHOWN = 100  # characters of a passage
UNSETTLED = (Outcome.CONFLICT, Outcome.ADVICE)  # quotes that leave something to ask
MET = {
    MatchKind.EXACT: "same word",
    MatchKind.CORRECTION: "corrected",
    MatchKind.SYNONYM: "synonym",
    MatchKind.MEANING: "by meaning",
}


def print_turn(turn: Turn, contact: Contact | None) -> None:
    answer = turn.answer
    sure = "" if answer.confidence is None else f" ({answer.confidence:.0%})"
    say(f"{answer.outcome.value.replace('_', ' ')}{sure}", "bold")
    if answer.corrections:
        say("searched for: " + ", ".join(f"{c.used} (for {c.typed})" for c in answer.corrections), "dim")
    for words in (answer.owner_words, answer.note):
        if words:
            say(words)
    for citation in answer.citations:
        _print_quote(citation)
    for choice in answer.choices:
        say(f"  - {choice.label}: {choice.question}")
    if contact is not None and (not answer.citations or answer.outcome in UNSETTLED):
        say(f"{contact.text} {contact.href}".strip())
    if answer.nearest:
        say("you may mean:")
        for citation in answer.nearest:
            _print_quote(citation)
    _print_sources((*answer.citations, *answer.nearest))
    if answer.suggestions:
        say("ask next: " + " | ".join(answer.suggestions), "dim")


def _print_quote(citation: Citation) -> None:
    side = f"{citation.side}) " if citation.side else ""
    say(f"  {side}“{' '.join(citation.quote.split())}” [{citation.number}]")


def _print_sources(citations: tuple[Citation, ...]) -> None:
    for citation in citations:
        page = f"page {citation.page}" if citation.page else ""
        place = " · ".join(filter(None, (citation.document.name, citation.heading, page)))
        say(f"[{citation.number}] {place} · characters {citation.start}-{citation.end}", "dim")


def explained(turn: Turn, edition: Edition) -> list[dict[str, Any]]:
    """What the search found for the turn's query, best first, as plain data."""
    return [
        {
            "document": document.name,
            "passage": passage.of(document.text),
            "score": hit.score,
            "coverage": hit.coverage,
            "signals": dict(hit.signals),
            "matches": [
                {"word": _typed(match, turn), "kind": match.kind.value, "to": match.to, "share": match.share}
                for match in hit.matches
            ],
        }
        for hit in _hits(turn, edition)
        for document, passage in [edition.contents.passage(hit.position)]
    ]


def print_explained(turn: Turn, edition: Edition) -> None:
    for number, found in enumerate(explained(turn, edition), 1):
        say(f"\n{number}. {found['score']:.3f}  coverage {found['coverage']:.2f}  {found['document']}", "bold")
        say("   " + " ".join(found["passage"].split())[:SHOWN])
        say("   " + "  ".join(f"{name} {value:.2f}" for name, value in found["signals"].items()), "dim")
        for kind in MatchKind:
            met = sorted((m for m in found["matches"] if m["kind"] == kind), key=lambda m: -m["share"])
            if met:
                say(f"   {MET[kind]}: " + ", ".join(map(_met, met)), "dim")


def _met(match: dict[str, Any]) -> str:
    """The word of the question, the word of the passage where it is another one, and its share of what was met."""
    words = match["word"] if match["word"] == match["to"] else f"{match['word']} → {match['to']}"
    return f"{words} {match['share']:.0%}"


def _typed(match: Match, turn: Turn) -> str:
    """The visitor's own spelling of a corrected word."""
    if match.kind is not MatchKind.CORRECTION:
        return match.word
    return next((c.typed for c in turn.answer.corrections if match.word in c.used.split()), match.word)


def _hits(turn: Turn, edition: Edition) -> list[Hit]:
    if not turn.answer.query:
        return []
    positions = [hit.position for hit in edition.retriever.search(turn.answer.query, FOUND)]
    return edition.retriever.explain(turn.answer.query, positions)
