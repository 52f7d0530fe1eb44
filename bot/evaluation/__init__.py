"""A pack of questions with their gold quotes goes in; right@1, right@3, refusals, calibration and agreement come out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from bot.answers import Citation, Outcome, Turn
from bot.evaluation.calibration import auroc, calibration_error, risk_coverage
from bot.evaluation.judging import ENOUGH, Judgment, is_right, judge, overlap
from bot.evaluation.packs import Contradiction, Gold, Pack, PackQuestion, PackTurn

Ask = Callable[[Sequence[str]], Turn]  # what the visitor has typed so far -> the reply to the last of it


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: how many, and the shares that were right@1, right@3, full@1 and answered."""

    name: str
    count: int
    first: float
    third: float
    full: float
    answered: float


@dataclass(frozen=True, slots=True)
class Report:
    """Everything `faqtual eval` prints. Shares are between 0 and 1, None where there was nothing to count."""

    pack: str
    rows: tuple[Row, ...]
    shares: dict[str, float | None]
    judgments: tuple[Judgment, ...] = field(repr=False)
    risk_coverage: tuple[tuple[float, float], ...] = ()  # (share answered, share of those that is wrong)


def evaluate(pack: Pack, ask: Ask, progress: Callable[[int], None] | None = None) -> Report:
    """Asks every question of the pack. `progress` is called with the number of replies so far."""
    asked = 0

    def call(question: PackQuestion, turns: Sequence[str]) -> Judgment:
        nonlocal asked
        judgment = judge(question, turns, _follow(ask, turns))
        asked += 1
        if progress is not None:
            progress(asked)
        return judgment

    singles = [call(q, [q.text]) for q in pack.questions]
    refusals = [call(q, [q.text]) for q in pack.unanswerable]
    dialogues = [_run_dialogue(d.turns, call) for d in pack.dialogues]
    groups = [[call(q, [q.text]) for q in group.questions] for group in pack.groups]
    return _report(pack, singles, refusals, dialogues, groups)


def _follow(ask: Ask, turns: Sequence[str]) -> Turn:
    """A `clarify` is judged by its first choice."""
    reply = ask(turns)
    if reply.answer.outcome is Outcome.CLARIFY and reply.answer.choices:
        return ask([*turns, reply.answer.choices[0].question])
    return reply


TurnJudgment = tuple[PackTurn, Judgment]


def _run_dialogue(turns: Iterable[PackTurn], call: Callable[[PackQuestion, Sequence[str]], Judgment]) -> list[TurnJudgment]:
    typed: list[str] = []
    judged = []
    for turn in turns:
        typed.append(turn.question.text)
        judged.append((turn, call(turn.question, typed)))
    return judged


def _report(
    pack: Pack,
    singles: list[Judgment],
    refusals: list[Judgment],
    dialogues: list[list[TurnJudgment]],
    groups: list[list[Judgment]],
) -> Report:
    turns = [pair for dialogue in dialogues for pair in dialogue]
    spoken = [(turn, judgment) for turn, judgment in turns if not turn.small_talk]
    chat = [judgment for turn, judgment in turns if turn.small_talk]
    phrasings = [judgment for group in groups for judgment in group]
    everything = [*singles, *refusals, *(j for _, j in turns), *phrasings]
    rows = [
        *_rows("questions", singles),
        *_rows("unanswerable", refusals),
        *_rows("conversation turns", [j for _, j in spoken], by_kind=False),
        *_rows("  need context", [j for t, j in spoken if t.needs_context and t.question.gold], by_kind=False),
        *_rows("  clear by themselves", [j for t, j in spoken if not t.needs_context and t.question.gold], by_kind=False),
        *_rows("  without an answer", [j for t, j in spoken if not t.question.gold], by_kind=False),
        *_rows("phrasing group questions", phrasings, by_kind=False),
    ]
    shares = {
        "small talk that cites nothing": _share([not j.reply.answer.citations for j in chat]),
        "whole dialogues right": _share([all(j.first for t, j in d if not t.small_talk) for d in dialogues]),
        "groups with all right": _share([all(j.first for j in group) for group in groups]),
        "groups, first citations agree": _mean([_agreement(group) for group in groups]),
        **_refusal_shares(singles, refusals),
        **_conflict_shares(pack.contradictions, singles, phrasings),
        "median quote length": _median([len(c.quote) for j in everything for c in j.reply.answer.citations]),
        "questions with a correction": _share([bool(j.reply.answer.corrections) for j in singles]),
    }
    curve = risk_coverage(_predictions([*singles, *refusals]))
    return Report(pack.name, tuple(rows), shares, tuple(everything), tuple(curve))


def _rows(name: str, judged: list[Judgment], by_kind: bool = True) -> Iterator[Row]:
    yield Row(
        name, len(judged), *(_share([getattr(j, k) for j in judged]) or 0.0 for k in ("first", "third", "full", "answered"))
    )
    if by_kind:
        for kind in dict.fromkeys(j.kind for j in judged):
            yield from _rows(f"  {kind}", [j for j in judged if j.kind == kind], by_kind=False)


def _refusal_shares(singles: list[Judgment], refusals: list[Judgment]) -> dict[str, float | None]:
    could = [j for j in singles if j.best_right]
    said = [j for j in (*singles, *refusals) if j.answered]
    predictions = _predictions([*singles, *refusals])
    return {
        "right ones refused": _share([not j.answered for j in could]),
        "right of all answered": _share([j.first and j.best_right for j in said]),
        "expected calibration error": calibration_error(predictions),
        "AUROC of confidence": auroc(predictions),
        **{
            f"AUROC against {kind}": auroc(_predictions([*singles, *(j for j in refusals if j.kind == kind)]))
            for kind in dict.fromkeys(j.kind for j in refusals)
        },
    }


def _conflict_shares(
    contradictions: Sequence[Contradiction], singles: list[Judgment], phrasings: list[Judgment]
) -> dict[str, float | None]:
    if not contradictions:
        return {}
    raised, false = [], []
    for judgment in (*singles, *phrasings):
        sides = _gold_sides(judgment, contradictions)
        is_conflict = judgment.reply.answer.outcome is Outcome.CONFLICT
        if sides:
            raised.append(is_conflict and any(_cites_both(judgment.reply.answer.citations, s) for s in sides))
        else:
            false.append(is_conflict)
    return {"conflicts said, both sides cited": _share(raised), "false conflicts": _share(false)}


Sides = dict[str, list[Gold]]  # the value a side claims -> its quotes


def _gold_sides(judgment: Judgment, contradictions: Sequence[Contradiction]) -> list[Sides]:
    """The contradictions of which the question's gold holds two sides."""
    found = []
    for contradiction in contradictions:
        sides: Sides = {}
        for claim, value in contradiction.claims:
            if any(claim.document == g.document and max(overlap(claim.quote, g.quote)) >= ENOUGH for g in judgment.gold):
                sides.setdefault(value, []).append(claim)
        if len(sides) > 1:
            found.append(sides)
    return found


def _cites_both(citations: Sequence[Citation], sides: Sides) -> bool:
    return sum(any(is_right(citation, quotes) for citation in citations) for quotes in sides.values()) > 1


def _agreement(group: list[Judgment]) -> float:
    pairs = list(combinations(group, 2))
    return sum(_same_first(a, b) for a, b in pairs) / max(1, len(pairs))


def _same_first(a: Judgment, b: Judgment) -> bool:
    if not (a.answered and b.answered and a.reply.answer.citations and b.reply.answer.citations):
        return False
    first, second = a.reply.answer.citations[0], b.reply.answer.citations[0]
    return first.document.name == second.document.name and max(overlap(first.quote, second.quote)) >= ENOUGH


def _predictions(judged: Iterable[Judgment]) -> list[tuple[float, bool]]:
    """(confidence, was the best candidate right) of every reply that searched."""
    return [(j.reply.answer.confidence, j.best_right) for j in judged if j.reply.answer.confidence is not None]


def _share(flags: Sequence[bool]) -> float | None:
    return sum(flags) / len(flags) if flags else None


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _median(values: Sequence[float]) -> float | None:
    return float(sorted(values)[len(values) // 2]) if values else None
