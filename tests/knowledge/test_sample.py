"""The sample documents: they load, they say what the demonstration needs, and they are our own words."""

from pathlib import Path

import pytest

from knowledge.documents import Document
from knowledge.sandbox import load_folder
from knowledge.text import words

SAMPLE = Path(__file__).parents[2] / "knowledge" / "sample"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
LONGEST_SHARED_RUN = 7  # words


@pytest.fixture(scope="module")
def sample() -> dict[str, Document]:
    contents = load_folder(SAMPLE)
    assert not contents.failures
    return {document.name: document for document in contents.documents}


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return set(zip(*(found[start:] for start in range(LONGEST_SHARED_RUN + 1)), strict=False))


def test_there_are_five_documents_in_several_formats_with_titles_and_dates(sample: dict[str, Document]) -> None:
    assert len(sample) == 5
    assert len({Path(name).suffix for name in sample}) >= 3
    assert all(document.date and document.title and document.lang == "en" for document in sample.values())


@pytest.mark.parametrize(
    ("topic", "sides"),
    [
        ("length of a session", {"overview.txt": "20 to 30 minutes", "harbour-street.html": "30 to 45 minutes"}),
        (
            "anaesthetic",
            {
                "harbour-street.html": "We always apply an anaesthetic gel",
                "lumen-studio.md": "A numbing cream is a must",
                "advice-column.csv": "you will rarely need an anaesthetic",
            },
        ),
        ("pain", {"overview.txt": "microneedling is painless", "advice-column.csv": "Not completely"}),
        ("downtime", {"letter-from-lena.txt": "There is no downtime", "overview.txt": "for one or two days"}),
        (
            "sun",
            {
                "overview.txt": "out of the sun and leave off make-up for one or two days",
                "harbour-street.html": "24 to 48 hours",
                "lumen-studio.md": "out of the sun for one week",
            },
        ),
        (
            "sessions",
            {"overview.txt": "four sessions", "harbour-street.html": "3 to 6 treatments", "lumen-studio.md": "4 to 6 sessions"},
        ),
        (
            "interval",
            {
                "overview.txt": "one month apart",
                "harbour-street.html": "4 to 6 weeks",
                "lumen-studio.md": "every 3 to 6 months",
            },
        ),
        ("duration of the result", {"overview.txt": "up to five years", "letter-from-lena.txt": "several months to a year"}),
        (
            "home use",
            {"overview.txt": "I advise against them", "advice-column.csv": "Yes, in some cases you can do it at home."},
        ),
        ("price", {"lumen-studio.md": "Neck $75.00"}),
    ],
)
def test_the_authors_disagree_where_the_real_ones_do(sample: dict[str, Document], topic: str, sides: dict[str, str]) -> None:
    for name, words_said in sides.items():
        assert words_said in sample[name].text, topic


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the texts that the sample is modelled on are not here")
def test_no_run_of_eight_words_is_shared_with_the_texts_it_is_modelled_on(sample: dict[str, Document]) -> None:
    theirs = set().union(*(runs(path.read_text(encoding="utf-8")) for path in SEEDS.glob("*.txt")))
    ours = {document.name: runs(document.text) & theirs for document in sample.values()}
    assert theirs
    assert ours == {name: set() for name in sample}
