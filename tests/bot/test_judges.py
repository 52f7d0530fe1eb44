"""Whether two claims are of one thing: the judges, the trees they look with, and how a pair stands among the others."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from bot.consistency import likeness_in, statements_of
from bot.consistency.clashes import may_clash
from bot.consistency.meanings import meanings_of
from bot.consistency.pairing import Pairs, quantity_pairs, stance_pairs
from bot.consistency.quantity_signals import SIGNALS, differs, quantity_signals
from bot.consistency.standing import STANDING, standing
from bot.consistency.statements import Statement
from bot.consistency.trees import LEAF, Trees
from bot.judges import FITTED, judges, read_judges
from bot.resources import SHIPPED, ResourceError, word_vectors, write_manifest
from knowledge.documents import Document
from knowledge.passages import split
from tests.corpus import plain

KEY, OTHER_KEY = "A locker key costs £4.", "We charge £6 for a locker key."


def read(*documents: Document) -> list[Statement]:
    return statements_of([(document, split(document)) for document in documents])


def paired(*documents: Document) -> tuple[list[Statement], Pairs]:
    placed = [(document, split(document)) for document in documents]
    statements = statements_of(placed)
    return statements, quantity_pairs(statements, likeness_in(placed, word_vectors()), meanings_of(statements, word_vectors()))


def across(statements: list[Statement], pairs: Pairs) -> list[int]:
    """The pairs of two documents."""
    sides = zip(*pairs.statements(), strict=True)
    return [k for k, (i, j) in enumerate(sides) if statements[i].document.name != statements[j].document.name]


def test_a_row_adds_up_the_leaves_that_it_comes_to() -> None:
    split_at_one = [[0, 1.0, 1, 2, 0], [LEAF, 0, 0, 0, -2.0], [LEAF, 0, 0, 0, 2.0]]
    leaf = [[LEAF, 0, 0, 0, 0.5]] * 3
    trees = Trees(np.array([split_at_one, leaf]), bias=0.25)
    found = trees.probabilities(np.array([[1.0], [1.5]]))
    assert found == pytest.approx(1 / (1 + np.exp(-np.array([-1.25, 2.75]))))
    assert len(trees.probabilities(np.zeros((0, 1)))) == 0


def test_claims_of_two_documents_on_one_thing_are_held_against_each_other_once() -> None:
    statements, pairs = paired(plain(KEY, "a.txt"), plain(OTHER_KEY, "b.txt"))
    ((first, second),) = pairs.claims()
    assert {first.value, second.value} == {"£4", "£6"}
    assert len(statements) == 2


def test_sentences_of_one_passage_are_no_rivals() -> None:
    _, pairs = paired(plain(f"{KEY} {OTHER_KEY}"))
    assert list(pairs.claims()) == []


def test_rules_are_held_against_what_opposes_them_and_what_agrees() -> None:
    placed = [(d, split(d)) for d in (plain("Dogs may come in.", "a.txt"), plain("Dogs may not come in.", "b.txt"))]
    statements = statements_of([*placed, (again := plain("Dogs are welcome.", "c.txt"), split(again))])
    pairs = stance_pairs(statements, likeness_in(placed, word_vectors()), meanings_of(statements, word_vectors()))
    sides = [sorted(statements[k].document.name for k in side) for side in zip(*pairs.statements(), strict=True)]
    found = {tuple(side): may_clash(*claims) for side, claims in zip(sides, pairs.claims(), strict=True)}
    assert found == {("a.txt", "b.txt"): True, ("b.txt", "c.txt"): True, ("a.txt", "c.txt"): False}


def test_signals_are_the_same_in_either_order() -> None:
    statements, pairs = paired(plain(KEY, "a.txt"), plain(OTHER_KEY, "b.txt"))
    turned = Pairs(pairs.placed, pairs.second, pairs.first, pairs.shared)
    likeness, meanings = likeness_in((), word_vectors()), meanings_of(statements, word_vectors())
    forth, back = (quantity_signals(one, statements, likeness, meanings) for one in (pairs, turned))
    assert forth.shape == (1, len(SIGNALS))
    assert np.array_equal(forth, back)


def test_a_pair_with_a_better_partner_in_the_same_document_stands_worse() -> None:
    beside = plain("The key of a bicycle box costs £9.\n\nA locker key costs £6.", "b.txt")
    statements, pairs = paired(plain(KEY, "a.txt"), beside)
    chances = np.array([0.9 if "£6" in {a.value, b.value} else 0.4 for a, b in pairs.claims()])
    apart = np.array([differs(a, b) for a, b in pairs.claims()])
    stood = standing(pairs, statements, chances, apart)
    better, worse = sorted(across(statements, pairs), key=lambda pair: -chances[pair])
    worst, lead = STANDING.index("worst rank"), STANDING.index("least lead")
    assert (stood[better][worst], stood[worse][worst]) == (0, 1)
    assert stood[worse][lead] == pytest.approx(-0.5)


def test_a_partner_that_agrees_is_told() -> None:
    beside = plain("A locker key costs £4.\n\nThe key of a bicycle box costs £9.", "b.txt")
    statements, pairs = paired(plain(KEY, "a.txt"), beside)
    chances = np.full(len(pairs.first), 0.5)
    apart = np.array([differs(a, b) for a, b in pairs.claims()])
    stood = standing(pairs, statements, chances, apart)
    agreed = STANDING.index("agreed")
    assert {bool(apart[k]): stood[k][agreed] for k in across(statements, pairs)} == {True: 0.5, False: 0.0}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SHIPPED / "conflicts", tmp_path / "conflicts")
    return tmp_path / "conflicts"


@pytest.mark.parametrize("name", [FITTED, "quantities.npy", "stances.npy"])
def test_judges_that_are_damaged_are_refused_by_name(folder: Path, name: str) -> None:
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    with pytest.raises(ResourceError, match=name):
        read_judges(folder)


def test_judges_that_were_fitted_on_other_signals_are_refused(folder: Path) -> None:
    fitted = json.loads((folder / FITTED).read_text(encoding="utf-8"))
    fitted["stances"]["signals"][0] = "weather"
    (folder / FITTED).write_text(json.dumps(fitted), encoding="utf-8")
    write_manifest(folder)
    with pytest.raises(ResourceError, match="other signals"):
        read_judges(folder)


def test_the_shipped_judges_are_read_once() -> None:
    assert judges() is judges()
    assert 0 < judges().quantities.least < 1
