"""Where the documents disagree: a matrix of attribute by document, each pair side by side, and what staff decide on it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from bot import publishing
from bot.checks.told_conflicts import told_conflicts
from bot.consistency.conflicts import Conflict, Side
from bot.publishing.publications import Publication, Terms
from bot.resources import word_vectors
from knowledge.releases import Editorial
from knowledge.transactions import writing
from knowledge.triage import SETTLED, Triage, TriageStatus, decided, note, triages
from web.console import asking, fields
from web.console.changing import Deed, publish, write
from web.console.guard import me
from web.contract import LONGEST_QUESTION
from web.errors import Problem
from web.parts import Parts, parts

page = Blueprint("conflicts", __name__)
AT_ONCE = 25
MOST_ROWS, MOST_COLUMNS = 40, 8  # of the matrix
DECISIONS = (TriageStatus.CONFIRMED, TriageStatus.NO_CONFLICT, TriageStatus.PREFERRED, TriageStatus.FIXED, TriageStatus.OPEN)


@dataclass(frozen=True, slots=True)
class Shown:
    """A conflict with what was decided on it."""

    conflict: Conflict
    triage: Triage | None

    @property
    def status(self) -> str:
        if self.triage is None:
            return "open"
        return "still found" if self.triage.status is TriageStatus.FIXED else str(self.triage.status)

    @property
    def settled(self) -> bool:
        return self.triage is not None and self.triage.status in SETTLED


@dataclass(frozen=True, slots=True)
class Matrix:
    """`rows` are attributes, each with the values of the `documents` in their order."""

    documents: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
    left_out: int  # documents without a column


@page.get("/conflicts")
def show() -> str:
    job = asking.findings(parts().editions.current())
    if job.result is None:
        return render_template("console/conflicts.html", job=job)
    decided_on = triages(parts().store.engine)
    found = shown(job.result.conflicts, decided_on)
    everything = request.args.get("show") == "all"
    listed = [one for one in found if everything or not one.settled]
    start = max(0, request.args.get("from", 0, int))
    return render_template(
        "console/conflicts.html",
        job=job,
        listed=listed[start : start + AT_ONCE],
        start=start,
        total=len(listed),
        step=AT_ONCE,
        settled=sum(one.settled for one in found) + len(gone(job.result.conflicts, decided_on)),
        gone=gone(job.result.conflicts, decided_on),
        everything=everything,
        matrix=matrix([one.conflict for one in listed]),
        duplicates=job.result.duplicates[:AT_ONCE],
        passages=job.result.passages,
        decisions=DECISIONS,
    )


@page.post("/conflicts/<fingerprint>")
def triage(fingerprint: str) -> ResponseReturnValue:
    """What is decided outlives the next publication: it belongs to the words of the two sentences."""
    decision = _decision()
    sides: tuple[Side, ...] = ()
    if decision.status is not TriageStatus.OPEN or not is_settled(fingerprint):  # what is found no more can still be opened
        conflict = _conflict(fingerprint)
        sides, decision = conflict.sides, replace(decision, about=conflict.attribute)
    names = [side.document for side in sides]
    if decision.status is TriageStatus.PREFERRED and (decision.preferred not in names or len(set(names)) < 2):
        raise Problem(422, "Choose which of the two documents is preferred.")
    deed = _deed(fingerprint, decision, [side.quote[:300] for side in sides])
    if decision.status not in SETTLED and not is_settled(fingerprint):
        with writing(parts().store.engine) as connection:
            note(connection, fingerprint, decision)
            write(connection, me().name, deed, {})
        flash(deed.done)
        return redirect(deed.back, 303)
    over = next((name for name in names if name != decision.preferred), None)
    here, edit = parts(), partial(decided, fingerprint=fingerprint, triage=decision, over=over)
    return publish(deed, lambda usual: _settle(here, edit, (fingerprint, decision), usual))


def _deed(fingerprint: str, decision: Triage, quotes: list[str]) -> Deed:
    back = url_for(
        "staff.conflicts.show", _anchor=f"c-{fingerprint}", show="all" if request.form.get("show") == "all" else None
    )
    told = {
        TriageStatus.NO_CONFLICT: " Visitors are not told of it from now on.",
        TriageStatus.PREFERRED: f" Visitors see {decision.preferred} first from now on.",
    }
    done = f"Noted: {decision.status}.{told.get(decision.status, '')}"
    detail = {"decision": str(decision.status), "preferred": decision.preferred, "note": decision.note, "quotes": quotes}
    return Deed("triage", decision.about or fingerprint, done, back, {**detail, "conflict": fingerprint})


def is_settled(fingerprint: str) -> bool:
    """Whether what visitors are told follows from what staff decided on it."""
    return any(one.conflict == fingerprint for one in parts().store.editorial().settled)


def _settle(here: Parts, edit: Callable[[Editorial], Editorial], noted: tuple[str, Triage], usual: Terms) -> Publication:
    """What visitors are told changes with the next release, which this makes; the notes go with it."""

    def beside(connection: Connection, publication: Publication) -> None:
        usual.beside(connection, publication)
        note(connection, *noted)

    return publishing.edit(here.store, here.settings.data, edit, replace(usual, beside=beside))


def _conflict(fingerprint: str) -> Conflict:
    """Among all that is found, or that the answer to the form's `question` tells. Raises Problem 404, 503."""
    edition, question = parts().editions.current(), fields.text("question", LONGEST_QUESTION)
    if question:
        answer = asking.asking(parts().assistant, edition)(question)
        told = told_conflicts(answer, edition, word_vectors())
    else:
        found = asking.findings(edition).result
        if found is None:
            raise Problem(503, "The documents are still being compared.", retry_after=10)
        told = list(found.conflicts)
    for conflict in told:
        if conflict.id == fingerprint:
            return conflict
    raise Problem(404, "This conflict is not found any more: the documents have changed.")


def _decision() -> Triage:
    try:
        status = TriageStatus(fields.needed("status"))
    except ValueError as error:
        raise Problem(422, "“status” is not one of those offered.") from error
    preferred = fields.text("preferred") or None
    return Triage(status, me().name, fields.text("note"), preferred if status is TriageStatus.PREFERRED else None)


def gone(conflicts: Sequence[Conflict], decided: Mapping[str, Triage]) -> dict[str, Triage]:
    """What is settled by its fingerprint and is not among the conflicts found."""
    found = {conflict.id for conflict in conflicts}
    return {name: triage for name, triage in decided.items() if triage.status in SETTLED and name not in found}


def shown(conflicts: Sequence[Conflict], decided: Mapping[str, Triage]) -> list[Shown]:
    return [Shown(conflict, decided.get(conflict.id)) for conflict in conflicts]


def matrix(conflicts: Sequence[Conflict]) -> Matrix:
    """The documents with the most conflicts, and what each says of the attributes that they disagree on."""
    named: dict[str, int] = {}
    cells: dict[str, dict[str, dict[str, None]]] = {}
    for conflict in conflicts:
        for side in conflict.sides:
            named[side.document] = named.get(side.document, 0) + 1
            cells.setdefault(conflict.attribute, {}).setdefault(side.document, {})[" ".join(side.value.split())] = None
    documents = tuple(sorted(named, key=lambda name: (-named[name], name))[:MOST_COLUMNS])
    kept = list(cells.items())[:MOST_ROWS]
    rows = tuple((attribute, tuple(tuple(said.get(name, {})) for name in documents)) for attribute, said in kept)
    return Matrix(documents, rows, len(named) - len(documents))
