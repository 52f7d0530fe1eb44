"""What went wrong for visitors, grouped so that forty ways of asking are one row; without kept questions, what staff can
find out by themselves."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.transcript import Review, TurnRecord
from web.audit import Audit
from web.console import asking, fields
from web.console.guard import me
from web.console.ways import Way, way
from web.errors import Problem
from web.parts import parts

page = Blueprint("review", __name__)
SHOWN = 50  # groups
MOST_MARKED = 1_000  # questions that one decision is about


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that ask nearly the same. `why` counts outcomes and votes in words, most frequent first."""

    question: Way
    ways: tuple[Way, ...]
    records: tuple[TurnRecord, ...]
    why: tuple[tuple[str, int], ...]
    comments: tuple[str, ...]


@page.get("/review")
def show() -> str:
    here = parts()
    edition = here.editions.current()
    if not here.settings.log_questions:
        return render_template("console/review.html", logging=False, job=asking.doubts(edition))
    records = here.transcript.to_review()
    job = asking.groups(edition, [record.query or record.utterance for record in records])
    if job.result is None:
        return render_template("console/review.html", logging=True, job=job)
    found = [_group([records[i] for i in places]) for places in job.result]
    return render_template("console/review.html", logging=True, job=job, groups=found[:SHOWN], more=len(found) - SHOWN)


@page.post("/review/decide")
def decide() -> ResponseReturnValue:
    ids = request.form.getlist("id")[:MOST_MARKED]
    decision = fields.needed("decision")
    if decision not in list(Review):
        raise Problem(422, "“decision” is not one of those offered.")
    parts().transcript.review(ids, Review(decision))
    Audit(parts().store.engine).note(me().name, f"review: {decision}", "", {"questions": len(ids)})
    flash("Dismissed." if decision == Review.DISMISSED else "Done.")
    return redirect(url_for("staff.review.show"), 303)


def _group(records: Sequence[TurnRecord]) -> Group:
    asked = Counter(way(record.utterance, record.query) for record in records)
    ways = tuple(one for one, _ in asked.most_common())
    why = Counter(reason for record in records for reason in _why(record))
    comments = tuple(dict.fromkeys(record.comment for record in records if record.comment))
    return Group(ways[0], ways[1:], tuple(records), tuple(why.most_common()), comments)


def _why(record: TurnRecord) -> list[str]:
    found = ["voted not helpful"] if record.helpful is False else []
    if record.outcome == "no_answer":
        found.append("no answer" + (f": {record.reason.replace('_', ' ')}" if record.reason else ""))
    elif record.confidence is not None and record.helpful is not False:
        found.append(f"{record.outcome.replace('_', ' ')}, not sure")
    return found
