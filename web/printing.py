"""A turn in, lines for a reader at a terminal out: the outcome, the quotes with their numbers, where each one stands."""

from typing import Any

from bot.answers import Citation, Turn
from bot.edition import Edition
from bot.retrieval import Hit
from web.options import Contact
from web.terminal import say

FOUND = 8  # passages that are explained
SHOWN = 100  # characters of a passage


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
    if answer.nearest:
        say("you may mean:")
        for citation in answer.nearest:
            _print_quote(citation)
    _print_sources((*answer.citations, *answer.nearest))
    if contact is not None and not answer.citations:
        say(f"{contact.text} {contact.href}".strip())
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
            "matches": [{"word": m.word, "kind": m.kind.value, "to": m.to, "share": m.share} for m in hit.matches],
        }
        for hit in _hits(turn, edition)
        for document, passage in [edition.contents.passage(hit.position)]
    ]


def print_explained(turn: Turn, edition: Edition) -> None:
    for number, found in enumerate(explained(turn, edition), 1):
        say(f"\n{number}. {found['score']:.3f}  coverage {found['coverage']:.2f}  {found['document']}", "bold")
        say("   " + " ".join(found["passage"].split())[:SHOWN])
        say("   " + "  ".join(f"{name} {value:.2f}" for name, value in found["signals"].items()), "dim")
        say("   " + "  ".join(f"{m['word']}→{m['to']} ({m['kind']}, {m['share']:.0%})" for m in found["matches"]), "dim")


def _hits(turn: Turn, edition: Edition) -> list[Hit]:
    if not turn.answer.query:
        return []
    positions = [hit.position for hit in edition.retriever.search(turn.answer.query, FOUND)]
    return edition.retriever.explain(turn.answer.query, positions)
