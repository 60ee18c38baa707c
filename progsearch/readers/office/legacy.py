"""Files of old Microsoft Office, through LibreOffice where it is installed.

LibreOffice writes the file anew in the format of today, in a folder of its own that is taken
away afterwards, and with a profile of its own, so that no macro and no setting is used.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePath

from progsearch.errors import ProgsearchError
from progsearch.model import RawDocument, ReadyDocument
from progsearch.readers.source import Refused, Source

__all__ = ["read", "sniff"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KINDS = (
    ("WordDocument", "doc", "docx"),
    ("Workbook", "xls", "xlsx"),
    ("Book", "xls", "xlsx"),
    ("PowerPoint Document", "ppt", "pptx"),
)
_MAIL = "__substg1.0_"
_ENCRYPTED = "EncryptedPackage"
MAX_SECONDS = 120
_PROGRAMS = ("soffice", "libreoffice")


def _has(data: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") in data


def sniff(head: bytes, path: PurePath) -> bool:  # noqa: ARG001 - one signature for all readers
    """Whether the file begins as those of old Microsoft Office do."""
    return head.startswith(_OLE)


def read(source: Source) -> Iterator[RawDocument | ReadyDocument | Refused]:
    """The documents of what LibreOffice makes of it.

    Raises ProgsearchError when the file is encrypted or of another kind, when LibreOffice is
    not installed, and when it cannot read the file.
    """
    from progsearch.readers import documents_of  # which reads old files with this module

    data = source.data
    if _has(data, _ENCRYPTED):
        raise ProgsearchError("the file is encrypted", remedy="save it without a password")
    found = next(((old, new) for name, old, new in _KINDS if _has(data, name)), None)
    if found is None:
        if _has(data, _MAIL):
            raise ProgsearchError(
                "a message of Outlook, which is not read", remedy="save it as .eml"
            )
        raise ProgsearchError(
            "a file of old Microsoft Office, of a kind that is not read",
            remedy="save it as .docx or .xlsx",
        )
    old, new = found
    program = next((where for name in _PROGRAMS if (where := shutil.which(name))), None)
    if program is None:
        raise ProgsearchError(
            f"a file of old Microsoft Office (.{old}), which needs LibreOffice",
            remedy=f"save it as .{new}, or install LibreOffice",
        )
    renewed = _renewed(program, data, old, new)
    inner = replace(source, data=renewed, path=source.path.with_suffix(f".{new}"))
    for one in documents_of(inner):
        if isinstance(one, RawDocument):
            one = replace(one, notes=(*one.notes, f"read through LibreOffice as .{new}"))
        yield one


def _renewed(program: str, data: bytes, old: str, new: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="progsearch-", ignore_cleanup_errors=True) as folder:
        file = Path(folder, f"in.{old}")
        file.write_bytes(data)
        profile = Path(folder, "profile").as_uri()
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore"]
        command += ["--convert-to", new, "--outdir", folder, str(file)]
        try:
            subprocess.run(  # noqa: S603 - no shell, and a fixed command
                command,
                capture_output=True,
                check=False,
                timeout=MAX_SECONDS,
                stdin=subprocess.DEVNULL,
            )
        except subprocess.TimeoutExpired:
            raise ProgsearchError(
                f"LibreOffice took more than {MAX_SECONDS} seconds", remedy=f"save it as .{new}"
            ) from None
        except OSError as error:
            raise ProgsearchError(
                f"LibreOffice cannot be run: {error.strerror}", remedy=f"save it as .{new}"
            ) from error
        made = Path(folder, f"in.{new}")
        if not made.is_file():
            raise ProgsearchError(
                "LibreOffice cannot read the file", remedy=f"save it anew as .{new}"
            )
        return made.read_bytes()
