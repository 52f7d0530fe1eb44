"""Bytes of a text file in, its characters out: UTF-8, UTF-16 or UTF-32 with a byte order mark, Windows-1252."""

import codecs

WINDOWS = "cp1252"

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_TEXT_CONTROLS = set("\t\n\v\f\r\x1a\x1b\x85")
_TAKEN_AS_WINDOWS = {"iso8859-1", "ascii", "utf-7"}


class NotText(ValueError):
    """These bytes are no text in a known encoding."""


def decode(data: bytes, declared: str | None = None) -> str:
    """The text without its byte order mark. `declared` is the encoding that the file itself names, if any.

    The order: byte order mark, UTF-8, the declared encoding, Windows-1252. A file that is UTF-8 but for single bytes keeps
    its UTF-8 characters, the other bytes are read as Windows-1252. Raises NotText for binary data.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _text(data[len(mark) :], encoding, "strict")
    if declared and not _is_utf8(data):
        try:
            return _text(data, _known(declared), "strict")
        except NotText:
            pass  # a wrong declaration is common; what follows needs none
    return _text(data, "utf-8", "windows-1252")


def _text(data: bytes, encoding: str, errors: str) -> str:
    try:
        text = data.decode(encoding, errors)
    except UnicodeDecodeError as error:
        raise NotText(f"byte {error.start} is not {encoding.upper()}, and the file is not Windows-1252 either") from error
    if any(character < " " and character not in _TEXT_CONTROLS for character in set(text)):
        raise NotText("holds control characters: binary data, or UTF-16 without a byte order mark")
    return text


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _known(declared: str) -> str:
    """The codec for a declared name; as browsers do, ISO 8859-1 and ASCII are taken as their superset Windows-1252."""
    try:
        name = codecs.lookup(declared.strip()).name
        reads_ascii = "<a>".encode(name) == b"<a>"  # not so where it is no character encoding, or UTF-16 without a mark
    except (LookupError, ValueError):
        return WINDOWS
    return name if reads_ascii and name not in _TAKEN_AS_WINDOWS else WINDOWS


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    try:
        return error.object[error.start : error.end].decode(WINDOWS), error.end
    except UnicodeDecodeError:
        raise error from None


codecs.register_error("windows-1252", _as_windows_1252)
