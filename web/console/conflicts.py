"""Where the documents disagree: a matrix of attribute by document, each pair side by side, and what staff decide on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot import publishing
from bot.consistency.conflicts import Conflict
from bot.publishing.publications import Publication
from knowledge.releases import Editorial
from knowledge.triage import SETTLED, Triage, TriageStatus, decide, triages
from web.console import asking, fields
from web.console.changing import Deed, note, publish, terms
from web.console.guard import me
from web.errors import Problem
from web.parts import parts

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
    found = shown(job.result.conflicts, triages(parts().store.engine))
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
        settled=sum(one.settled for one in found),
        everything=everything,
        matrix=matrix([one.conflict for one in listed]),
        duplicates=job.result.duplicates[:AT_ONCE],
        passages=job.result.passages,
        decisions=DECISIONS,
    )


@page.post("/conflicts/<fingerprint>")
def triage(fingerprint: str) -> ResponseReturnValue:
    """What is decided outlives the next publication: it belongs to the words of the two sentences."""
    conflict = _conflict(fingerprint)
    decision = _decision()
    back = url_for("staff.conflicts.show", _anchor=f"c-{fingerprint}", show=request.form.get("show") or None)
    detail = {"decision": str(decision.status), "preferred": decision.preferred, "note": decision.note, "conflict": fingerprint}
    deed = Deed("triage", conflict.attribute, f"Noted: {decision.status}.", back, detail)
    if decision.status is TriageStatus.PREFERRED and decision.preferred not in [side.document for side in conflict.sides]:
        raise Problem(422, "Choose which of the two documents is preferred.")
    here = parts()
    decided = triages(here.store.engine)
    editorial = here.store.editorial()
    if preferences(editorial.preferred, fingerprint, decision, decided) != editorial.preferred:
        return publish(deed, lambda: _prefer(fingerprint, decision, decided))
    decide(here.store.engine, fingerprint, decision)
    note(deed)
    flash(deed.done)
    return redirect(back, 303)


def preferences(now: Sequence[str], fingerprint: str, decision: Triage, decided: Mapping[str, Triage]) -> tuple[str, ...]:
    """Whose side is shown first after a decision: the document that it prefers, and not the one that only it preferred."""
    before = decided.get(fingerprint)
    elsewhere = {other.preferred for name, other in decided.items() if name != fingerprint}
    dropped = before.preferred if before and before.preferred not in elsewhere else None
    rest = [name for name in now if name not in (decision.preferred, dropped)]
    return (decision.preferred, *rest) if decision.preferred else tuple(rest)


def _prefer(fingerprint: str, decision: Triage, decided: Mapping[str, Triage]) -> Publication:
    def edit(editorial: Editorial) -> Editorial:
        return replace(editorial, preferred=preferences(editorial.preferred, fingerprint, decision, decided))

    here = parts()
    publication = publishing.edit(here.store, here.settings.data, edit, terms())
    decide(here.store.engine, fingerprint, decision)
    return publication


def _conflict(fingerprint: str) -> Conflict:
    found = asking.findings(parts().editions.current()).result
    if found is None:
        raise Problem(503, "The documents are still being compared.", retry_after=10)
    for conflict in found.conflicts:
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
