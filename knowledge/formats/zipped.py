"""A zip-based file in; nothing out, or `Unreadable` before anything in it is unpacked."""

import io
import stat
import zipfile

from knowledge.formats.loaded import Unreadable

MOST_MEMBERS = 5_000
XML_SUFFIXES = (".xml", ".rels")
# Other methods could unpack far more at a step than the directory promises.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1


def check(data: bytes, unpacked: int) -> None:
    """`unpacked`: how many bytes all members may have together, as the directory states them; the reader holds them to it."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Unreadable("is damaged: its table of contents cannot be read") from error
    with archive:
        members = archive.infolist()
        if len(members) > MOST_MEMBERS:
            raise Unreadable(f"packs {len(members):,} files, more than {MOST_MEMBERS:,}")
        if sum(member.file_size for member in members) > unpacked:
            raise Unreadable(f"unpacks to more than {unpacked // 1_000_000} MB")
        for member in members:
            _check_member(archive, member)


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    if member.filename.startswith("/") or ".." in member.filename.replace("\\", "/").split("/"):
        raise Unreadable("packs a file with a path outside of it")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise Unreadable("packs a link")
    if member.flag_bits & _ENCRYPTED:
        raise Unreadable("is encrypted; save it without a password")
    if member.compress_type not in _METHODS:
        raise Unreadable("is packed with a method that is not allowed")
    if member.filename.endswith(XML_SUFFIXES) and b"<!DOCTYPE" in _read(archive, member):
        raise Unreadable("declares XML entities, which no Word document needs")


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    try:
        return archive.read(member)
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError) as error:
        raise Unreadable("is damaged: a part of it cannot be unpacked") from error
