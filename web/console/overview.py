"""The first page: what is live, what waits for somebody, and, where questions are kept, what is asked and how it goes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from flask import Blueprint, render_template

from bot.answers import Outcome
from bot.edition import Edition
from bot.transcript import Day
from knowledge.drafts import drafts
from knowledge.records import ReleaseRecord
from knowledge.triage import SETTLED, Triage, triages
from web.console import asking
from web.console.curated import is_overdue
from web.console.ways import Way, way
from web.parts import Parts, parts

page = Blueprint("overview", __name__)

DAYS = 30
IMPATIENT = 0.5  # seconds that the page waits for each of its numbers
SUBJECTS = 8
LOOKED_AT = 5_000  # passages whose votes are counted
QUESTIONS = 500  # most asked ones that subjects are made from
HEIGHT = 120  # of the plot


@dataclass(frozen=True, slots=True)
class Bar:
    """A day of the plot, in units of its picture."""

    date: str
    x: int
    answered: int  # height
    other: int  # height, on top
    asked: int
    unanswered: int


@dataclass(frozen=True, slots=True)
class Share:
    outcome: str
    count: int
    percent: int


@dataclass(frozen=True, slots=True)
class Subject:
    question: Way
    others: tuple[Way, ...]


@page.get("/")
def show() -> str:
    here = parts()
    edition = here.editions.current()
    found = asking.findings(edition, IMPATIENT).result
    decided = triages(here.store.engine)
    checks = asking.golden(edition, IMPATIENT).result
    return render_template(
        "console/overview.html",
        release=_live(here),
        edition=edition,
        problem=here.editions.problem,
        undecided=None if found is None else sum(_is_open(c.id, decided) for c in found.conflicts),
        broken=None if checks is None else [finding for finding in checks if not finding.holds],
        overdue=[answer for answer in edition.editorial.curated if is_overdue(answer)],
        drafts=drafts(here.store.engine),
        logging=here.settings.log_questions,
        retention=here.settings.retention_days,
        **(_asked(here, edition) if here.settings.log_questions else {"unhelpful": _unhelpful(here, edition)}),
    )


def _live(here: Parts) -> ReleaseRecord | None:
    return next((record for record in here.store.releases() if record.live), None)


def _is_open(fingerprint: str, decided: Mapping[str, Triage]) -> bool:
    triage = decided.get(fingerprint)
    return triage is None or triage.status not in SETTLED


def _asked(here: Parts, edition: Edition) -> dict[str, object]:
    today = datetime.now(UTC).date()
    days = here.transcript.days(datetime.now(UTC) - timedelta(days=DAYS))
    questions = here.transcript.questions(QUESTIONS)
    return {"bars": bars(days, today), "shares": shares(days), "subjects": _subjects(questions, edition)}


def bars(days: Sequence[Day], today: date) -> list[Bar]:
    """One for each of the last DAYS days, those without a question included."""
    counts = {day.date: dict(day.outcomes) for day in days}
    dates = [(today - timedelta(days=DAYS - 1 - i)).isoformat() for i in range(DAYS)]
    most = max((sum(counts.get(one, {}).values()) for one in dates), default=0) or 1
    made = []
    for i, one in enumerate(dates):
        asked = sum(counts.get(one, {}).values())
        refused = counts.get(one, {}).get(Outcome.NO_ANSWER.value, 0)
        made.append(Bar(one, i * 20, HEIGHT * (asked - refused) // most, HEIGHT * refused // most, asked, refused))
    return made


def shares(days: Sequence[Day]) -> list[Share]:
    """The most frequent outcome first."""
    counts: Counter[str] = Counter()
    for day in days:
        counts.update(dict(day.outcomes))
    whole = sum(counts.values())
    return [Share(name.replace("_", " "), count, round(100 * count / whole)) for name, count in counts.most_common()]


def _subjects(questions: Sequence[str], edition: Edition) -> list[Subject] | None:
    """None while they are being made out."""
    groups = asking.groups(edition, questions, IMPATIENT).result
    if groups is None:
        return None
    shown = [[questions[i] for i in group] for group in groups[:SUBJECTS]]
    typed = parts().transcript.typed([question for group in shown for question in group])
    ways = [[way(typed.get(question, ""), question) for question in group] for group in shown]
    return [Subject(first, tuple(others)) for first, *others in ways]


def _unhelpful(here: Parts, edition: Edition) -> list[tuple[str, str, int, int]]:
    """Document, words, helpful and unhelpful votes of the passages that visitors voted down most."""
    positions = range(min(edition.contents.passage_count, LOOKED_AT))
    listed = [edition.contents.passage(position) for position in positions]
    votes = here.transcript.votes_of([passage.id for _, passage in listed])
    voted = [(document, passage) for document, passage in listed if votes.get(passage.id, (0, 0))[1]]
    rows = [(document.name, passage.of(document.text), *votes[passage.id]) for document, passage in voted]
    return sorted(rows, key=lambda row: row[2] - row[3])[:SUBJECTS]
