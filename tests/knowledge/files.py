"""Files of every format, made by the tests themselves."""

import io
import zipfile
from collections.abc import Iterable, Sequence

import docx

Placed = tuple[float, float, float, str]  # x and y in points from the lower left corner, font size, text


def pdf(pages: Sequence[Iterable[Placed]], *, title: str = "", root: str = "") -> bytes:
    """A PDF in Helvetica. A text that begins with `*` is set in bold; `root` is added to the document catalogue."""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {root} >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{6 + 2 * n} 0 R' for n in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        f"<< /Title ({title}) >>",
    ]
    for number, placed in enumerate(pages):
        content = "\n".join(_shown(*piece) for piece in placed)
        resources = "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 600] {resources} /Contents {7 + 2 * number} 0 R >>")
        objects.append(f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}\nendstream")
    return raw_pdf(objects, "/Info 5 0 R")


def raw_pdf(objects: Sequence[str], trailer: str = "") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    data = b"%PDF-1.4\n"
    offsets = []
    for number, value in enumerate(objects, start=1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{value}\nendobj\n".encode("cp1252")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    head, foot = f"xref\n0 {size}\n0000000000 65535 f \n", f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n"
    return data + f"{head}{table}{foot}{len(data)}\n%%EOF\n".encode("ascii")


def _shown(x: float, y: float, size: float, text: str) -> str:
    font, words = ("F2", text[1:]) if text.startswith("*") else ("F1", text)
    escaped = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /{font} {size} Tf {x} {y} Td ({escaped}) Tj ET"


def column(text: str, *, top: float = 500, x: float = 50, size: float = 10) -> list[Placed]:
    """The lines of a text one below the other; an empty line leaves half a line's space."""
    placed, y = [], top
    for line in text.splitlines():
        if line:
            placed.append((x, y, size, line))
        y -= 1.2 * size if line else 0.8 * size
    return placed


def word(*paragraphs: str | tuple[str, str], title: str = "") -> bytes:
    """A .docx of paragraphs; a pair is a style's name and the text."""
    document = docx.Document()
    document.core_properties.title = title
    for paragraph in paragraphs:
        style, text = paragraph if isinstance(paragraph, tuple) else ("Normal", paragraph)
        document.add_paragraph(text, style=style)
    return saved(document)


def saved(document: "docx.document.Document") -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_member(archive: bytes, name: str, content: bytes) -> bytes:
    """The zip file with one member replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            if member.filename != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    return stream.getvalue()
