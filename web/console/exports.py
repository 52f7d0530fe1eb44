"""What the console holds, as files: a name and a kind in, CSV or JSON out, in which nothing is a formula."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from flask import Blueprint, Response, render_template

from knowledge.triage import triages
from web.audit import Audit
from web.console import asking
from web.console.guard import me
from web.errors import Problem
from web.parts import parts

page = Blueprint("exports", __name__)
Row = Mapping[str, Any]
FORMULA = tuple("=+-@\t\r\n＝＋－＠|%")  # how a spreadsheet's formula may begin


@page.get("/exports")
def show() -> str:
    return render_template("console/exports.html", tables=TABLES, logging=parts().settings.log_questions)


@page.get("/exports/<table>.<kind>")
def download(table: str, kind: str) -> Response:
    if table not in TABLES or kind not in ("csv", "json"):
        raise Problem(404)
    rows = list(TABLES[table]())
    Audit(parts().store.engine).note(me().name, "export", table, {"kind": kind, "rows": len(rows)})
    body = as_csv(rows) if kind == "csv" else json.dumps(rows, ensure_ascii=False, indent=1)
    named = f'attachment; filename="{table}.{kind}"'
    mimetype = "text/csv" if kind == "csv" else "application/json"
    return Response(body, mimetype=mimetype, headers={"Content-Disposition": named})


def as_csv(rows: list[Row]) -> str:
    """With a byte order mark, because spreadsheets take UTF-8 for something else without one."""
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    writer.writerow(rows[0].keys() if rows else ["nothing"])
    writer.writerows([safe(value) for value in row.values()] for row in rows)
    return "\ufeff" + written.getvalue()


def safe(value: Any) -> str:
    """A cell that a spreadsheet shows and does not work out: what may begin a formula gets an apostrophe."""
    found = value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)
    return f"'{found}" if found.startswith(FORMULA) or found.lstrip().startswith(FORMULA) else found


def _questions() -> Iterator[Row]:
    for record in parts().transcript.export():
        yield {
            "id": record.id,
            "at": record.at.isoformat(),
            "question": record.utterance,
            "searched": record.query,
            "outcome": record.outcome,
            "reason": record.reason,
            "confidence": record.confidence,
            "helpful": record.helpful,
            "comment": record.comment,
            "review": record.review,
            "release": record.release,
        }


def _conflicts() -> Iterator[Row]:
    """Raises Problem 503 while they are being looked for."""
    found = asking.findings(parts().editions.current()).result
    if found is None:
        raise Problem(503, "The conflicts are still being looked for.", retry_after=10)
    decided = triages(parts().store.engine)
    for conflict in found.conflicts:
        triage, (first, second) = decided.get(conflict.id), conflict.sides
        yield {
            "id": conflict.id,
            "kind": str(conflict.kind),
            "severity": str(conflict.severity),
            "attribute": conflict.attribute,
            "document 1": first.document,
            "quote 1": first.quote,
            "document 2": second.document,
            "quote 2": second.quote,
            "status": str(triage.status) if triage else "open",
            "who": triage.who if triage else None,
            "note": triage.note if triage else None,
        }


def _golden() -> Iterator[Row]:
    for check in parts().editions.current().editorial.golden:
        expected = check.expected
        yield {
            "id": check.id,
            "question": check.question,
            "document": expected and expected.document,
            "quote": expected and expected.quote,
        }


def _wordings() -> Iterator[Row]:
    for check in parts().editions.current().editorial.wordings:
        for question in check.questions:
            yield {"id": check.id, "question": question}


def _curated() -> Iterator[Row]:
    for answer in parts().editions.current().editorial.curated:
        quotes = [[one.document, one.quote] for one in answer.quotations]
        yield {
            "id": answer.id,
            "questions": list(answer.questions),
            "quotes": quotes,
            "own words": answer.lead,
            "verify by": answer.verify_by,
        }


def _synonyms() -> Iterator[Row]:
    for group in parts().editions.current().editorial.synonyms:
        yield {"words": ", ".join(group)}


def _urgent() -> Iterator[Row]:
    for rule in parts().editions.current().editorial.urgent:
        yield {"words": ", ".join(rule.words), "text": rule.text}


def _audit() -> Iterator[Row]:
    for entry in Audit(parts().store.engine).everything():
        yield {
            "number": entry.number,
            "at": entry.at.isoformat(),
            "who": entry.who,
            "action": entry.action,
            "subject": entry.subject,
            "detail": dict(entry.detail),
        }


TABLES: dict[str, Callable[[], Iterator[Row]]] = {
    "conflicts": _conflicts,
    "golden-checks": _golden,
    "wording-checks": _wordings,
    "curated-answers": _curated,
    "synonyms": _synonyms,
    "urgent-words": _urgent,
    "audit-log": _audit,
    "questions": _questions,
}
