"""What a check found goes in; JSON, JUnit XML and lines for the terminal come out."""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from bot.checks import CheckReport
from bot.checks.golden import GoldenFinding, in_words
from bot.checks.text_check import CheckedSentence, Verdict
from bot.checks.wording_checks import WordingFinding
from bot.consistency.conflicts import Conflict, Side
from bot.consistency.near_duplicates import Duplicate
from web.terminal import say

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SIGNS = {Verdict.SUPPORTED: "+", Verdict.CONTRADICTED: "x", Verdict.NOT_FOUND: "?"}


def to_json(report: CheckReport) -> dict[str, Any]:
    return {
        "conflicts": [_conflict(report, conflict) for conflict in report.findings.conflicts],
        "duplicates": [_duplicate(report, duplicate) for duplicate in report.findings.duplicates],
        "golden": [_golden(finding) for finding in report.golden],
        "wordings": [_wording(finding) for finding in report.wordings],
        "text": [_sentence(sentence) for sentence in report.text],
        "languages": [{"document": one.document, "lang": one.lang, "site": one.site} for one in report.foreign],
        "unread": [{"document": one.name, "reason": one.reason} for one in report.unread],
        "unresolved": report.unresolved,
    }


def _conflict(report: CheckReport, conflict: Conflict) -> dict[str, Any]:
    return {
        "id": conflict.id,
        "kind": str(conflict.kind),
        "severity": str(conflict.severity),
        "attribute": conflict.attribute,
        "status": report.status(conflict),
        "claims": [_side(side) for side in conflict.sides],
        "likeness": conflict.likeness,
        "superseded": conflict.superseded,
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "document": side.document,
        "quote": side.quote,
        "start": side.start,
        "end": side.end,
        "value": side.value,
        "date": side.date,
    }


def _duplicate(report: CheckReport, duplicate: Duplicate) -> dict[str, Any]:
    pair = [report.findings.passages[number] for number in (duplicate.first, duplicate.second)]
    quoted = [
        {"document": document.name, "quote": passage.of(document.text), "start": passage.start, "end": passage.end}
        for document, passage in pair
    ]
    return {"passages": quoted, "likeness": duplicate.likeness}


def _golden(finding: GoldenFinding) -> dict[str, Any]:
    return {"id": finding.check.id, "question": finding.check.question, "holds": finding.holds, "says": in_words(finding)}


def _wording(finding: WordingFinding) -> dict[str, Any]:
    return {
        "id": finding.check.id,
        "questions": list(finding.check.questions),
        "holds": finding.holds,
        "strays": list(finding.strays),
        "answers": [answer.text or str(answer.outcome) for answer in finding.answers],
    }


def _sentence(sentence: CheckedSentence) -> dict[str, Any]:
    evidence = [
        {
            "document": one.document,
            "quote": one.quote,
            "start": one.start,
            "end": one.end,
            "score": one.score,
            "kind": one.kind and str(one.kind),
        }
        for one in sentence.evidence
    ]
    return {
        "sentence": sentence.sentence,
        "start": sentence.start,
        "end": sentence.end,
        "verdict": str(sentence.verdict),
        "quotes": evidence,
    }


def junit(report: CheckReport) -> bytes:
    """One test case for every finding, and one that passes for each kind of check that found nothing."""
    suites = Element("testsuites", name="faqtual check")
    for name, cases in _cases(report).items():
        failed = sum(bool(message) for _, message in cases)
        suite = SubElement(suites, "testsuite", name=name, tests=str(max(1, len(cases))), failures=str(failed), errors="0")
        for title, message in cases or [("nothing found", "")]:
            case = SubElement(suite, "testcase", classname=f"faqtual.{name}", name=_clean(title))
            if message:
                SubElement(case, "failure", message=_clean(title)).text = _clean(message)
    indent(suites)
    written: bytes = tostring(suites, encoding="utf-8", xml_declaration=True)
    return written


def _cases(report: CheckReport) -> dict[str, list[tuple[str, str]]]:
    """By kind of check: what each test case is called, and why it fails, "" where it does not."""
    conflicts = [
        (f"{conflict.kind}: {conflict.attribute} ({conflict.id})", "" if conflict.id in report.settled else _in_words(conflict))
        for conflict in report.findings.conflicts
    ]
    text = [
        (sentence.sentence, "\n".join(f"{one.document}: {one.quote}" for one in sentence.evidence))
        for sentence in report.text
        if sentence.verdict is Verdict.CONTRADICTED
    ]
    return {
        "conflicts": conflicts,
        "golden": [(one.check.question, "" if one.holds else in_words(one)) for one in report.golden],
        "wordings": [(one.check.id, "; ".join(one.strays)) for one in report.wordings],
        "text": text,
        "languages": [(one.document, f"is in {one.lang}, the site is in {one.site}") for one in report.foreign],
        "unread": [(one.name, one.reason) for one in report.unread],
    }


def _in_words(conflict: Conflict) -> str:
    return "\n".join(f"{side.document}: {_line(side.quote)}" for side in conflict.sides)


def _line(text: str) -> str:
    return " ".join(text.split())


def _clean(text: str) -> str:
    """Without the characters that XML does not know."""
    return _NOT_XML.sub("", text)


def show(report: CheckReport) -> None:
    """For a reader: what is open first, then what the date of a document explains, then what repeats itself."""
    for line, style in _lines(report):
        say(line, style)


def _lines(report: CheckReport) -> Iterator[tuple[str, str]]:
    conflicts = report.findings.conflicts
    unsettled = [conflict for conflict in conflicts if conflict.id not in report.settled]
    yield from _conflict_lines("Conflicts", [c for c in unsettled if not c.superseded], report)
    yield from _conflict_lines("Conflicts with an older document", [c for c in unsettled if c.superseded], report)
    if len(unsettled) < len(conflicts):
        yield f"{len(conflicts) - len(unsettled)} settled by staff", ""
    if report.findings.duplicates:
        yield f"Near-duplicate passages: {len(report.findings.duplicates)}", "bold"
    for duplicate in report.findings.duplicates:
        pair = [report.findings.passages[number] for number in (duplicate.first, duplicate.second)]
        yield f"  {pair[0][0].name} / {pair[1][0].name}: {_line(pair[0][1].of(pair[0][0].text))[:100]}", ""
    yield from _other_lines(report)


def _conflict_lines(title: str, conflicts: list[Conflict], report: CheckReport) -> Iterator[tuple[str, str]]:
    if title == "Conflicts" or conflicts:
        yield f"{title}: {len(conflicts)}", "bold"
    for conflict in conflicts:
        yield f"{conflict.severity} {conflict.kind}: {conflict.attribute} [{report.status(conflict)}, {conflict.id}]", ""
        for side in conflict.sides:
            dated = f", {side.date}" if side.date else ""
            yield f"  {side.document}{dated}: “{_line(side.quote)}”", ""


def _other_lines(report: CheckReport) -> Iterator[tuple[str, str]]:
    for golden in report.golden:
        if not golden.holds:
            yield f"golden check breaks: {in_words(golden)}", ""
    for wording in report.wordings:
        if not wording.holds:
            yield f"wordings differ: {wording.check.id}: {'; '.join(wording.strays)}", ""
    for sentence in report.text:
        yield f"{SIGNS[sentence.verdict]} {sentence.verdict}: {_line(sentence.sentence)}", ""
        for one in sentence.evidence:
            yield f"    {one.document}: “{_line(one.quote)}”{f' ({one.kind})' if one.kind else ''}", ""
    for foreign in report.foreign:
        yield f"in another language: {foreign.document} is in {foreign.lang}, the site is in {foreign.site}", ""
    for unread in report.unread:
        yield f"not read: {unread.name}: {unread.reason}", ""
