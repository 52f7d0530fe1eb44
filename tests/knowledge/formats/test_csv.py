import csv
import io

import pytest

from knowledge.formats.loaded import Unreadable
from tests.knowledge.loading import HEAD, HEADING, PARAGRAPH, ROW, blocks, load


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_questions_and_answers_are_headings_and_paragraphs(delimiter: str) -> None:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerows(
        [
            ["Answer", "topic", " QUESTION "],
            ["Yes, always.\n\nEven; at night", "x", "Is it free?"],
            ["", "x", "Really?"],
            ["Ask"],
        ]
    )
    assert blocks(load(".csv", "\ufeff" + stream.getvalue())) == [
        (HEADING, "Is it free?"),
        (PARAGRAPH, "Yes, always."),
        (PARAGRAPH, "Even; at night"),
        (PARAGRAPH, "Ask"),
    ]


def test_any_other_csv_file_is_a_table() -> None:
    assert blocks(load(".csv", "Pass,Fee,Note\nDay,5 €,\n\nYear,50 €,half price\nfor pupils\n")) == [
        (HEAD, "Pass Fee Note"),
        (ROW, "Day 5 €"),
        (ROW, "Year 50 € half price"),
        (ROW, "for pupils"),
    ]


def test_a_cell_whose_quotes_never_end_is_reported() -> None:
    with pytest.raises(Unreadable, match="well-formed CSV"):
        load(".csv", 'question,answer\nIs it?,"yes\n')
