"""Try it: a question to the live release, the draft or an older one, with the whole explanation of the ranking."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot import publishing
from bot.answers import Conversation, Turn
from bot.checks.side_by_side import side_by_side
from bot.checks.told_conflicts import told_conflicts
from bot.edition import Edition
from bot.resources import word_vectors
from bot.retrieval import Hit
from knowledge.documents import Document, Passage
from knowledge.drafts import drafts
from knowledge.releases import Editorial
from knowledge.triage import triages
from web.console import asking, fields
from web.console.changing import Deed, change
from web.console.conflicts import DECISIONS
from web.console.guard import for_viewers
from web.contract import LONGEST_QUESTION
from web.errors import Problem
from web.parts import parts

page = Blueprint("trial", __name__)
FOUND = 8  # passages that are explained
LIVE, DRAFT = "live", "draft"


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage with what went into its score. `votes` are helpful and unhelpful ones."""

    hit: Hit
    document: Document
    passage: Passage
    suppressed: bool
    votes: tuple[int, int]

    @property
    def text(self) -> str:
        return self.passage.of(self.document.text)


@page.get("/try")
def show() -> str:
    return _page()


@page.post("/try")
@for_viewers
def ask() -> str:
    question = fields.line("question", LONGEST_QUESTION)
    wanted = request.form.get("release", LIVE)
    edition = _edition(wanted)
    if edition is None:
        return _page(question=question, wanted=wanted, wait=True)
    if request.form.get("how") == "documents":
        found = side_by_side(parts().assistant, edition, question)
        return _page(question=question, wanted=wanted, beside=found)
    turn = parts().assistant.reply(edition, Conversation(), question)
    told = told_conflicts(turn.answer, edition, word_vectors()) if wanted == LIVE else []
    return _page(question=question, wanted=wanted, turn=turn, ranked=list(_ranked(turn, edition)), told=told)


@page.post("/try/suppress")
def suppress() -> ResponseReturnValue:
    """Never answers with a passage again, or with `undo` does."""
    passage, undo = fields.needed("passage", 64), request.form.get("undo") == "yes"

    def edit(editorial: Editorial) -> Editorial:
        rest = editorial.suppressed - {passage}
        return replace(editorial, suppressed=rest if undo else rest | {passage})

    done = "The passage may be quoted again." if undo else "No visitor is answered with that passage any more."
    quote = fields.text("quote", 20_000)[:300]
    deed = Deed("allow passage" if undo else "suppress passage", passage, done, url_for("staff.trial.show"), {"quote": quote})
    return change(deed, edit)


def _page(**more: object) -> str:
    store = parts().store
    edition = parts().editions.current()
    return render_template(
        "console/trial.html",
        **{"question": "", "wanted": LIVE, "turn": None, "beside": None, "wait": False, **more},
        releases=[record for record in store.releases() if not record.live],
        drafted=bool(drafts(store.engine)),
        suppressed=list(_suppressed(edition)),
        decisions=DECISIONS,
        decided=triages(store.engine),
        longest=LONGEST_QUESTION,
    )


def _edition(wanted: str) -> Edition | None:
    """None while the draft's is being made."""
    here = parts()
    if wanted == LIVE:
        return here.editions.current()
    if wanted == DRAFT:
        made = asking.drafted().result
        return None if made is None else made.edition
    if wanted not in [record.id for record in here.store.releases()]:
        raise Problem(404, "There is no such release any more.")
    return publishing.open_edition(here.store, here.settings.data, wanted, here.encoder)


def _ranked(turn: Turn, edition: Edition) -> Iterator[Ranked]:
    if not turn.answer.query:
        return
    positions = [hit.position for hit in edition.retriever.search(turn.answer.query, FOUND)]
    hits = edition.retriever.explain(turn.answer.query, positions)
    found = [(hit, *edition.contents.passage(hit.position)) for hit in hits]
    votes = parts().transcript.votes_of([passage.id for _, _, passage in found])
    for hit, document, passage in found:
        yield Ranked(hit, document, passage, passage.id in edition.editorial.suppressed, votes.get(passage.id, (0, 0)))


def _suppressed(edition: Edition) -> Iterator[tuple[str, str, str]]:
    """Id, document and words of what is never shown; what the documents no longer hold has no words."""
    wanted = set(edition.editorial.suppressed)
    for document, passages in edition.contents.documents() if wanted else ():
        for passage in passages:
            if passage.id in wanted:
                wanted.discard(passage.id)
                yield passage.id, document.name, passage.of(document.text)
    for gone in sorted(wanted):
        yield gone, "", ""
