import io
from datetime import UTC, datetime

import docx
from docx.oxml import parse_xml

from tests.knowledge.files import saved, word
from tests.knowledge.loading import HEAD, HEADING, ITEM, PARAGRAPH, ROW, blocks, load


def test_a_word_file_is_read_in_document_order() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Running head"
    document.sections[0].footer.paragraphs[0].text = "Page 1"
    document.add_paragraph("Library", style="Title")
    document.add_paragraph("Fees", style="Heading 2")
    table = document.add_table(rows=2, cols=3)
    for cell, text in zip(table._cells, ["Pass", "Fee", "For", "Day", "5 €", "guests"], strict=True):
        cell.text = text
    document.add_paragraph("Bring:")
    document.add_paragraph("a card", style="List Bullet")
    document.add_paragraph("a photo", style="List Number 2")
    loaded = load(".docx", saved(document))
    assert [(b.kind, loaded.text[b.start : b.end], b.level) for b in loaded.blocks] == [
        (HEADING, "Library", 1),
        (HEADING, "Fees", 2),
        (HEAD, "Pass Fee For", 0),
        (ROW, "Day 5 € guests", 0),
        (PARAGRAPH, "Bring:", 0),
        (ITEM, "a card", 1),
        (ITEM, "a photo", 2),
    ]
    assert (loaded.title, loaded.date) == ("Library", None)


def test_a_table_of_names_and_values_has_no_head_and_a_frame_is_no_table() -> None:
    document = docx.Document()
    pairs = document.add_table(rows=2, cols=2)
    for cell, text in zip(pairs._cells, ["Address", "High Street", "Phone", "555"], strict=True):
        cell.text = text
    document.add_table(rows=1, cols=1).cell(0, 0).text = "Closed on Mondays."
    assert blocks(load(".docx", saved(document))) == [
        (ROW, "Address High Street"),
        (ROW, "Phone 555"),
        (PARAGRAPH, "Closed on Mondays."),
    ]


def test_a_bold_first_row_is_a_head_and_a_bold_question_a_heading() -> None:
    document = docx.Document()
    document.add_paragraph().add_run("Is it free?").bold = True
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["Pass", "Fee", "Day", "5 €"], strict=True):
        cell.paragraphs[0].add_run(text).bold = text in ("Pass", "Fee")
    assert blocks(load(".docx", saved(document))) == [(HEADING, "Is it free?"), (HEAD, "Pass Fee"), (ROW, "Day 5 €")]


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def test_insertions_links_and_controls_are_read_and_deleted_or_hidden_words_are_not() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    parts = [
        f"<w:p {W}>{run.format('The fee is ')}<w:del><w:r><w:delText>4</w:delText></w:r></w:del>"
        f"<w:ins>{run.format('5')}</w:ins>"
        f"<w:r><w:tab/><w:t>euros</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t> secret</w:t></w:r></w:p>",
        f"<w:sdt {W}><w:sdtContent><w:p>{run.format('In a control.')}</w:p></w:sdtContent></w:sdt>",
        f"<w:sdt {W}><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent><w:p>{run.format('Contents')}</w:p></w:sdtContent></w:sdt>",
        f"<w:p {W} {MC}><w:r><mc:AlternateContent><mc:Choice>"
        f"<w:txbxContent><w:p>{run.format('In a box.')}</w:p></w:txbxContent>"
        f"</mc:Choice><mc:Fallback><w:txbxContent><w:p>{run.format('In a box.')}</w:p></w:txbxContent></mc:Fallback>"
        f"</mc:AlternateContent></w:r>{run.format('Around it.')}</w:p>",
    ]
    document = docx.Document()
    for part in parts:
        document.element.body.insert(-1, parse_xml(part))
    assert load(".docx", saved(document)).text == "The fee is 5 euros\n\nIn a control.\n\nAround it.\n\nIn a box."


def test_the_properties_of_a_word_file() -> None:
    document = docx.Document(io.BytesIO(word("Text.", title="House rules")))
    document.core_properties.language = "en-GB"
    document.core_properties.modified = datetime(2025, 4, 5, tzinfo=UTC)
    loaded = load(".docx", saved(document))
    assert (loaded.title, loaded.lang, loaded.date) == ("House rules", "en-GB", "2025-04-05")
