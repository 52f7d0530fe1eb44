from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.formats.loaded import from_json, to_json
from knowledge.loaders import LOADERS
from knowledge.sandbox import load_folder
from tests.knowledge.files import column, pdf, word
from tests.knowledge.loading import MARKDOWN, load

SAMPLES = {
    ".txt": b"Library\n\nOpen daily.\n",
    ".md": MARKDOWN.encode(),
    ".markdown": MARKDOWN.encode(),
    ".html": b"<title>Library</title><h1>Library</h1><p>Open <b>daily</b>.</p>",
    ".htm": b"<h1>Library</h1><p>Open daily.</p>",
    ".pdf": pdf([column("Library\n\nOpen daily.")]),
    ".docx": word(("Heading 1", "Library"), "Open daily.", ("List Bullet", "Bring a card")),
    ".csv": b"question,answer\nLibrary,Open daily.\n",
}


def test_there_is_a_sample_of_every_format() -> None:
    assert SAMPLES.keys() == LOADERS.keys()


@pytest.mark.parametrize("suffix", SAMPLES)
def test_blocks_lie_in_the_text_in_order_and_hold_visible_words(suffix: str) -> None:
    loaded = load(suffix, SAMPLES[suffix])
    assert "Library" in loaded.text
    assert "Open daily." in loaded.text
    previous = 0
    for block in loaded.blocks:
        assert previous <= block.start < block.end <= len(loaded.text)
        assert loaded.text[block.start : block.end].strip() == loaded.text[block.start : block.end]
        assert not loaded.text[previous : block.start].strip(), "every word is in a block"
        previous = block.end


@pytest.mark.parametrize("suffix", SAMPLES)
def test_what_crosses_the_process_border_arrives_unchanged(suffix: str) -> None:
    loaded = load(suffix, SAMPLES[suffix])
    assert from_json(to_json(loaded)) == loaded


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_page_gives_blocks_that_cover_its_text_in_order(content: str) -> None:
    try:
        loaded = load(".html", f"<p>{content}<ul><li>{content}</li></ul><table><tr><td>{content}</td></tr></table>")
    except ValueError:
        return  # control characters: refused as binary
    pieces = [loaded.text[block.start : block.end] for block in loaded.blocks]
    assert "".join(loaded.text.split()) == "".join("".join(pieces).split())
    assert from_json(to_json(loaded)).blocks == loaded.blocks


PACKS = Path(__file__).parents[4] / "shared" / "eval"


@pytest.mark.skipif(not PACKS.is_dir(), reason="the evaluation packs are not here")
def test_a_document_says_the_same_words_in_every_format() -> None:
    plain = {Path(d.name).stem: d.text.split() for d in load_folder(PACKS / "bikeshare" / "docs").documents}
    other = {Path(d.name).stem: d.text.split() for d in load_folder(PACKS / "bikeshare-formats" / "docs").documents}
    del plain["faq"], other["faq"]  # its CSV has no section headings
    assert plain == other
