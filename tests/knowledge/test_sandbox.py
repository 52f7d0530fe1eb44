import errno
import io
import json
import os
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest

from knowledge import child as child_module
from knowledge.child import Child, ChildError, Limits
from knowledge.documents import Document
from knowledge.formats.loaded import Unreadable
from knowledge.metadata import MetadataError
from knowledge.sandbox import Failure, FolderContents, load_folder
from tests.knowledge.files import column, pdf, raw_pdf, with_member, word

QUICK = Limits(seconds=2, memory=400_000_000)
GOOD = pdf([column("The good document.")])


def folder(path: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(data)
    return path


def texts(contents: FolderContents) -> dict[str, str]:
    return {document.name: document.text for document in contents.documents}


# --- hostile and damaged files -----------------------------------------------------------------------------------------------


def zip_bomb(megabytes: int) -> bytes:
    """A Word file with a part of zeros, packed a thousandfold."""
    stream = io.BytesIO(word("x"))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("word/bomb.xml", "w") as part:
        for _ in range(megabytes):
            part.write(bytes(1_000_000))
    return stream.getvalue()


def lying_zip_bomb() -> bytes:
    """The table of contents states 10 bytes for 50 million."""
    data = bytearray(zip_bomb(50))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    return bytes(data)


def many_members() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(20_000):
            archive.writestr(f"{number}", b"")
    return stream.getvalue()


def entity_bomb() -> bytes:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha" * 10}">' for n in range(10))
    xml = f'<?xml version="1.0"?><!DOCTYPE d [{entities}]><d>&e9;</d>'
    return with_member(word("x"), "word/document.xml", xml.encode())


def packed_link() -> bytes:
    stream = io.BytesIO(word("x"))
    with zipfile.ZipFile(stream, "a") as archive:
        member = zipfile.ZipInfo("word/link")
        member.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(member, "/etc/passwd")
    return stream.getvalue()


def encrypted_pdf() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(GOOD))
    writer.encrypt("secret", algorithm="AES-256")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def circular_pdf() -> bytes:
    pages = "<< /Type /Pages /Count 1 /Kids [2 0 R] >>"
    return raw_pdf(["<< /Type /Catalog /Pages 2 0 R >>", pages])


def circular_cross_reference() -> bytes:
    start = GOOD.rindex(b"xref\n", 0, GOOD.rindex(b"startxref"))
    return GOOD.replace(b"/Root 1 0 R", f"/Prev {start} /Root 1 0 R".encode())


def million_pages() -> bytes:
    """Each of six levels of the page tree holds the next one ten times."""
    levels = [f"<< /Type /Pages /Count {10 ** (6 - n)} /Kids [{f'{n + 3} 0 R ' * 10}] >>" for n in range(6)]
    page = "<< /Type /Page /MediaBox [0 0 400 600] >>"
    return raw_pdf(["<< /Type /Catalog /Pages 2 0 R >>", *levels, page])


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb.docx": (lambda: zip_bomb(201), "unpacks to more than 200 MB"),
    "members.docx": (many_members, "packs 20,000 files"),
    "entities.docx": (entity_bomb, "declares XML entities"),
    "outside.docx": (lambda: with_member(word("x"), "../../etc/cron.d/x", b"x"), "a path outside"),
    "link.docx": (packed_link, "packs a link"),
    "old.docx": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "encrypted or an old .doc"),
    "truncated.docx": (lambda: word("x")[:-500], "is damaged"),
    "zip.docx": (lambda: with_member(b"PK\x05\x06" + bytes(18), "a.txt", b"a"), "is damaged or not what its name says"),
    "picture.docx": (lambda: b"\x89PNG\r\n\x1a\n", "is not a .docx file"),
    "encrypted.pdf": (encrypted_pdf, "is encrypted; save it without a password"),
    "circular.pdf": (circular_pdf, ""),
    "pages.pdf": (million_pages, ""),
    "truncated.pdf": (lambda: GOOD[:200], ""),
    "scan.pdf": (lambda: pdf([[]]), "holds no text; if it is a scan"),
    "word.pdf": (lambda: word("x"), "is not a PDF"),
    "pdf.txt": (lambda: GOOD, "is a PDF, whatever its name says"),
    "picture.md": (lambda: b"\x89PNG\r\n\x1a\n\x00\x01", "control characters"),
    "empty.txt": (lambda: b"", "is empty"),
    "blank.html": (lambda: b"<html><nav>Menu</nav></html>", "holds no text"),
    "blank.md": (lambda: b" \n\n", "is empty"),
    "header.csv": (lambda: b"question,answer\n", "holds no text"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_reported_by_name_and_the_others_go_on(tmp_path: Path, name: str) -> None:
    make, reason = HOSTILE[name]
    contents = load_folder(folder(tmp_path, {"a.txt": b"First.", name: make(), "z.pdf": GOOD}), limits=QUICK)
    assert texts(contents) == {"a.txt": "First.", "z.pdf": "The good document."}
    assert [failure.name for failure in contents.failures] == [name]
    assert reason in contents.failures[0].reason
    assert "\n" not in contents.failures[0].reason


def test_a_file_that_lies_about_its_size_does_not_unpack(tmp_path: Path) -> None:
    contents = load_folder(folder(tmp_path, {"lie.docx": lying_zip_bomb()}), limits=QUICK)
    assert [failure.name for failure in contents.failures] == ["lie.docx"]


def test_a_circular_cross_reference_is_read_or_refused_but_ends(tmp_path: Path) -> None:
    contents = load_folder(folder(tmp_path, {"loop.pdf": circular_cross_reference(), "z.txt": b"Last."}), limits=QUICK)
    assert texts(contents)["z.txt"] == "Last."
    assert len(contents.documents) + len(contents.failures) == 2


def test_entities_in_a_page_are_not_expanded(tmp_path: Path) -> None:
    page = b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "yyyy">]><p>Open. &x; &y;</p>'
    (document,) = load_folder(folder(tmp_path, {"a.html": page})).documents
    assert "root:" not in document.text
    assert "yyyy" not in document.text.partition("Open.")[2]


# --- limits ------------------------------------------------------------------------------------------------------------------


def crowded_pdf() -> bytes:
    """One page of three hundred thousand pieces of text."""
    return pdf([[(50, 500, 10, "x")] * 300_000])


@pytest.mark.slow
def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    files = folder(tmp_path, {"a.pdf": crowded_pdf(), "b.txt": b"Next."})
    contents = load_folder(files, limits=Limits(seconds=1, file=100_000_000))
    assert texts(contents) == {"b.txt": "Next."}
    assert contents.failures[0].name == "a.pdf"
    assert "took" in contents.failures[0].reason


def test_a_file_that_takes_too_much_memory_is_given_up(tmp_path: Path) -> None:
    page = b"<p>" + b"<b>x</b>" * 2_000_000
    contents = load_folder(folder(tmp_path, {"a.html": page, "b.txt": b"Next."}), limits=Limits(memory=150_000_000))
    assert texts(contents) == {"b.txt": "Next."}
    assert [failure.name for failure in contents.failures] == ["a.html"]


def test_a_folder_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = folder(tmp_path, {"a.txt": b"First."})
    (files / "closed").mkdir()
    scandir = os.scandir

    def refusing(path: str) -> Any:  # root, whom tests may run as, can read everything
        if Path(path).name == "closed":
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    contents = load_folder(files)
    assert [(one.name, one.reason) for one in contents.failures] == [("closed", "cannot be read: Permission denied")]
    assert texts(contents) == {"a.txt": "First."}


def test_too_large_a_file_and_too_much_text_are_refused(tmp_path: Path) -> None:
    files = folder(tmp_path, {"a.txt": b"x" * 1001, "b.txt": b"x" * 501, "c.txt": b"Short."})
    contents = load_folder(files, limits=Limits(file=1000, text=500))
    assert texts(contents) == {"c.txt": "Short."}
    assert contents.failures == (
        Failure("a.txt", "is larger than 0.001 MB"),
        Failure("b.txt", "holds more than 500 characters of text; split it"),
    )


def test_the_child_has_no_environment_and_cannot_write_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAQTUAL_SECRET_KEY", "hush")
    with Child(QUICK) as child:
        child.load(".txt", b"Start.")
        process = child._process
        assert process is not None
        environment = Path(f"/proc/{process.pid}/environ").read_bytes()
        limits = Path(f"/proc/{process.pid}/limits").read_text(encoding="ascii")
    assert b"hush" not in environment
    assert {line.split("=")[0] for line in environment.decode().split("\0") if line} <= {"PYTHONPATH", "LC_CTYPE"}
    assert [line.split()[3:5] for line in limits.splitlines() if line.startswith("Max file size")] == [["0", "unlimited"]]
    assert process.poll() is not None, "the child ends with its batch"


def test_one_child_serves_a_batch_and_another_follows_a_failure() -> None:
    with Child(QUICK) as child:
        child.load(".txt", b"One.")
        first = child._process
        child.load(".md", b"Two.")
        assert child._process is first
        with pytest.raises(Unreadable):
            child.load(".docx", with_member(b"PK\x05\x06" + bytes(18), "a.txt", b"a"))
        assert child.load(".txt", b"Three.").text == "Three."
        assert child._process is not first


LOADED: dict[str, object] = {
    "text": "Text.",
    "blocks": [],
    "pages": [],
    "title": None,
    "url": None,
    "date": None,
    "lang": None,
    "audience": None,
}
WRONG: list[dict[str, object]] = [
    {"url": "javascript:alert(1)"},
    {"audience": "everybody"},
    {"text": 1},
    {"pages": [3, 2]},
    {"blocks": [{"kind": "heading", "start": 0, "end": 9, "level": 1}]},
    {"blocks": [{"kind": "script", "start": 0, "end": 1, "level": 1}]},
]


@pytest.mark.parametrize(
    "answer",
    ["[]", "{}", "not JSON", '{"loaded": "x"}', "x" * 100_000, *(json.dumps({"loaded": LOADED | wrong}) for wrong in WRONG)],
)
def test_what_a_child_answers_is_not_trusted(answer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    code = f"import sys; print('{{}}', flush=True); sys.stdin.readline(); print({answer!r})"
    monkeypatch.setattr(child_module, "COMMAND", ("-c", code))
    with Child(QUICK) as child, pytest.raises(Unreadable):
        child.load(".txt", b"Text.")


def test_a_child_is_replaced_after_many_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_module, "LONGEST_SERVICE", 2)
    with Child(QUICK) as child:
        served_by = []
        for _ in range(5):
            child.load(".txt", b"Text.")
            served_by.append(child._process)
    assert [served_by.index(process) for process in served_by] == [0, 0, 2, 2, 4]


def test_a_child_that_never_starts_is_no_fault_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_module, "COMMAND", ("-c", "raise SystemExit(3)"))
    with Child(QUICK) as child, pytest.raises(ChildError, match="exit status 3"):
        child.load(".txt", b"Text.")


# --- folders -----------------------------------------------------------------------------------------------------------------


def test_documents_are_sorted_by_name_and_other_files_are_passed_over(tmp_path: Path) -> None:
    files = dict.fromkeys(["b/README.md", "a.TXT", "B.txt", ".hidden.txt", ".git/x.txt", "~$a.docx", "b/photo.jpg"], b"Text.")
    contents = load_folder(folder(tmp_path, {**files, "documents.toml": b'["a.TXT"]\ntitle = "A"\n'}))
    assert list(texts(contents)) == ["B.txt", "a.TXT", "b/README.md"]
    assert [document.title for document in contents.documents] == ["B", "A", "README"]
    assert contents.failures == ()
    assert [skipped.name for skipped in contents.skipped] == ["b/photo.jpg"]
    assert "of a kind that is not read" in contents.skipped[0].reason


def test_metadata_goes_from_the_folder_over_the_file_to_the_name(tmp_path: Path) -> None:
    files = {
        "documents.toml": b'["*.md"]\naudience = "staff"\n["own-title.md"]\nlang = "de"\n',
        "own-title.md": b"---\ntitle: Own\nlang: en\n---\nText.",
        "no_title.md": b"Text.",
        "page.html": b'<html lang="fr"><title>Prix</title><p>Texte.',
    }
    by_name = {document.name: document for document in load_folder(folder(tmp_path, files)).documents}
    assert [(d.title, d.lang, d.audience, d.date) for _, d in sorted(by_name.items())] == [
        ("No title", "en", "staff", None),
        ("Own", "de", "staff", None),
        ("Prix", "fr", "public", None),
    ]


def test_a_mistake_in_documents_toml_stops_the_folder(tmp_path: Path) -> None:
    with pytest.raises(MetadataError, match="matches no file"):
        load_folder(folder(tmp_path, {"a.txt": b"Text.", "documents.toml": b'["b.txt"]\naudience = "staff"\n'}))


def test_what_is_no_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError, match="nowhere is not a folder"):
        load_folder(tmp_path / "nowhere")


def test_links_lead_nowhere_outside_and_pipes_do_not_block(tmp_path: Path) -> None:
    folder(tmp_path, {"docs/a.txt": b"Text.", "secret.txt": b"Secret.", "elsewhere/b.txt": b"B."})
    (tmp_path / "docs/inside.txt").symlink_to(tmp_path / "docs/a.txt")
    (tmp_path / "docs/outside.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "docs/folder").symlink_to(tmp_path / "docs")
    (tmp_path / "docs/gone.txt").symlink_to(tmp_path / "docs/nothing.txt")
    os.mkfifo(tmp_path / "docs/pipe.txt")
    contents = load_folder(tmp_path / "docs")
    assert list(texts(contents)) == ["a.txt", "inside.txt"]
    assert contents.skipped[0].name == "folder"
    assert contents.failures == (
        Failure("outside.txt", "is a link to a place outside of the folder"),
        Failure("gone.txt", "cannot be opened: No such file or directory"),
        Failure("pipe.txt", "is not a regular file"),
    )


@pytest.mark.parametrize("name", [b"caf\xe9.txt", b"two\nlines.txt", b"\x1b[31mred.txt"])
def test_a_name_that_cannot_be_shown_is_reported_escaped(tmp_path: Path, name: bytes) -> None:
    (tmp_path / os.fsdecode(name)).write_bytes(b"Text.")
    (failure,) = load_folder(tmp_path).failures
    assert failure.name.isascii()
    assert failure.name.isprintable()
    assert "rename it" in failure.reason


def test_progress_counts_the_files(tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    load_folder(folder(tmp_path, {"a.txt": b"A.", "b.pdf": b"", "c.jpg": b""}), progress=lambda *step: heard.append(step))
    assert heard == [(1, 2), (2, 2)]


# --- remembering -------------------------------------------------------------------------------------------------------------


def remembered(contents: FolderContents) -> Callable[[str], Document | None]:
    return dict(zip(contents.parsed_keys, contents.documents, strict=True)).get


def test_an_unchanged_file_is_not_parsed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder(tmp_path, {"a.txt": b"A.", "b.md": b"B.", "documents.toml": b'["a.txt"]\naudience = "staff"\n'})
    before = load_folder(tmp_path)
    monkeypatch.setattr(child_module, "COMMAND", ("-c", "raise SystemExit(3)"))
    assert load_folder(tmp_path, parsed=remembered(before)) == before


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.txt", b"Changed."), ("documents.toml", b'["a.txt"]\ntitle = "New"\n'), ("documents.toml", b"")],
)
def test_a_changed_file_and_changed_metadata_are_seen(tmp_path: Path, name: str, data: bytes) -> None:
    folder(tmp_path, {"a.txt": b"A.", "documents.toml": b'["a.txt"]\ntitle = "Old"\naudience = "staff"\n'})
    before = load_folder(tmp_path)
    folder(tmp_path, {name: data})
    after = load_folder(tmp_path, parsed=remembered(before))
    assert after == load_folder(tmp_path)
    assert after.documents != before.documents
