"""What staff decided on a conflict is kept under its fingerprint."""

from pathlib import Path

from knowledge.database import connect
from knowledge.triage import SETTLED, Triage, TriageStatus, decide, triages

FINGERPRINT = "0123456789abcdef"


def test_a_decision_is_kept_replaced_and_forgotten(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'faqtual.db'}")
    try:
        assert triages(engine) == {}
        decide(engine, FINGERPRINT, Triage(TriageStatus.CONFIRMED, "Alice"))
        decide(engine, FINGERPRINT, Triage(TriageStatus.PREFERRED, "Bob", "the newer one", "rules.txt"))
        kept = triages(engine)[FINGERPRINT]
        assert (kept.status, kept.who, kept.note, kept.preferred) == ("source preferred", "Bob", "the newer one", "rules.txt")
        assert kept.at is not None
        decide(engine, FINGERPRINT, Triage(TriageStatus.OPEN, "Bob"))
        assert triages(engine) == {}
    finally:
        engine.dispose()


def test_only_a_decision_that_ends_the_matter_settles_it() -> None:
    assert {TriageStatus.NO_CONFLICT, TriageStatus.PREFERRED} == SETTLED
