"""Mail: a message (``.eml``), or many of them in one file (mbox), each a document.

Sources: RFC 5322 (messages), RFC 2045 to 2047 (MIME), RFC 4155 (mbox), RFC 3676 (signatures).
The numbers of lines are those of the file wherever its lines can be told from the decoded ones.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator, Sequence
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import InvalidBase64LengthDefect, InvalidBase64PaddingDefect
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import PurePath

from progsearch.blocks.building import Builder
from progsearch.blocks.lines import line_starts, unified
from progsearch.blocks.marks import plain, words_in
from progsearch.errors import ProgsearchError
from progsearch.model import Block, RawDocument, Shape
from progsearch.readers.encoding import decode
from progsearch.readers.markdown.markup import scan
from progsearch.readers.source import Source
from progsearch.readers.text import plaintext
from progsearch.readers.web.cleaned import put

__all__ = ["read", "sniff"]

_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]*\S")
_TOLD = frozenset((b"from", b"subject", b"date", b"to", b"message-id"))
_TELLS = frozenset(
    (b"message-id", b"mime-version", b"received", b"return-path", b"content-type", b"delivered-to")
)
_BETWEEN = re.compile(rb"^From \S+@?\S* .{0,80}\d{4}.{0,20}\r?$", re.MULTILINE)
_FROM_LINE = re.compile(rb"From \S+.{0,100}\d{4}")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_SIGNATURE = re.compile(r"^-- {0,2}$", re.MULTILINE)  # a CR is a blank by then
_BASE64 = re.compile(rb"[A-Za-z0-9+/]{4,}")
_CUT_OFF = (InvalidBase64LengthDefect, InvalidBase64PaddingDefect)
_DATED = re.compile(
    rb"(?:\w{3},[ ])?\d{1,2} \w{3} \d{4} \d\d:\d\d(?::\d\d)?(?:[ ][+-]\d{4}|[ ]\w{3})"
)
_SUFFIXES = frozenset((".eml", ".mbox", ".mbx"))
_ADDRESS = re.compile(r"\bhttps?://\S+")
STUB_TIMES = 3
"""A plain part with so many times fewer words than the HTML part says where the text is."""
STUB_BELOW = 30
"""Words of an HTML part that is no longer than a stub."""
MAX_PARTS = 1_000
MAX_MESSAGES = 100_000


def sniff(head: bytes, path: PurePath) -> bool:
    """Whether the file begins with the headers of a message, or as an mbox does."""
    if path.suffix.lower() in _SUFFIXES:
        return True
    head = head[:8192].lstrip(b"\xef\xbb\xbf\r\n")
    if _FROM_LINE.match(head):
        head = head.partition(b"\n")[2]
    names = set()
    dated = False
    for line in head.splitlines():
        if line[:1] in (b" ", b"\t"):
            continue
        found = _HEADER.match(line)
        if not found:
            break
        name = found[1].lower()
        names.add(name)
        dated = dated or (name == b"date" and _DATED.search(line) is not None)
    # Only mail writes its dates so.
    return len(names & _TOLD) >= 2 and (bool(names & _TELLS) or (dated and b"from" in names))


def read(source: Source) -> Iterator[RawDocument]:
    """The messages that have a text. Raises ProgsearchError when none of them has one."""
    data = source.data
    pieces = list(_messages(data))
    single = len(pieces) == 1
    empty = 0
    for number, (start, piece) in enumerate(pieces, 1):
        raw = _message(piece, data.count(b"\n", 0, start), source.path)
        if raw is None:
            empty += 1
        else:
            yield replace(raw, part="" if single else str(number))
    if empty == len(pieces):
        raise ProgsearchError(
            "the message has no text" if single else "no message has a text",
            remedy="save its text, or take the file away",
        )


def _messages(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The messages of a file with the places where they begin."""
    if not _FROM_LINE.match(data):
        yield 0, data
        return
    places = [
        found.start()
        for found in _BETWEEN.finditer(data)
        if not found.start() or data[: found.start()].endswith((b"\n\n", b"\r\n\r\n"))
    ] or [0]
    if len(places) > MAX_MESSAGES:
        raise ProgsearchError(
            f"more than {MAX_MESSAGES:,} messages", remedy="make several files of it"
        )
    for start, end in zip(places, [*places[1:], len(data)], strict=True):
        begin = data.find(b"\n", start) + 1
        yield begin, _QUOTED.sub(rb"\1", data[begin:end])


def _message(data: bytes, above: int, path: PurePath) -> RawDocument | None:
    """A message as a document; ``above`` lines of the file stand before it."""
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101 - the policy makes no others
    meta, notes = _facts(message)
    part, chosen = _text_part(message)
    if part is None:
        return None
    notes += chosen
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        return None
    payload, cut = _whole(payload, part)
    text, more = _decoded(payload, part.get_content_charset() or "")
    more = [*more, *cut]
    raw = _body(unified(text), part.get_content_type() == "text/html", path)
    if not raw.blocks:
        return None
    numbers = _numbers(data, part, above)
    lines = [
        numbers[min(n, len(numbers)) - 1] for n in raw.lines or range(1, len(line_starts(text)) + 1)
    ]
    notes += [*more, *_attached(message, part)]
    meta = {**{k: v for k, v in raw.meta.items() if k != "title"}, **meta}
    return replace(raw, format="mail", meta=meta, notes=[*notes, *raw.notes], lines=lines)


def _facts(message: EmailMessage) -> tuple[dict[str, object], list[str]]:
    meta: dict[str, object] = {}
    notes: list[str] = []
    subject = " ".join(_header(message, "subject").split())
    if subject:
        meta["title"] = subject
    senders = getaddresses([_header(message, "from")])
    if senders and any(senders[0]):
        name, address = senders[0]
        meta["author"] = name or address
        if address:
            meta["sender"] = address
    written = _header(message, "date")
    if written:
        try:
            meta["date"] = parsedate_to_datetime(written).date().isoformat()
        except (ValueError, TypeError, IndexError, OverflowError):
            notes.append(f"the date {written[:60]!r} cannot be read")
    return meta, notes


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name, ""))
    except Exception:  # noqa: BLE001 - whatever a broken header makes the parser stumble over
        return ""


def _text_part(message: EmailMessage) -> tuple[EmailMessage | None, list[str]]:
    """The part with the text, no attachment: plain before HTML, unless it is a stub beside it,
    which a note tells."""
    found: dict[str, EmailMessage] = {}
    for number, part in enumerate(message.walk()):
        if number > MAX_PARTS:
            break
        kind = part.get_content_type()
        if kind in ("text/plain", "text/html") and part.get_content_disposition() != "attachment":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip() and isinstance(part, EmailMessage):
                found.setdefault(kind, part)
    plain_part, page = found.get("text/plain"), found.get("text/html")
    if plain_part is None or page is None:
        return plain_part or page, []
    few, many = (_words(one) for one in (plain_part, page))
    if many < STUB_BELOW or few * STUB_TIMES >= many:
        return plain_part, []
    return page, [f"the plain part has {few} words and the HTML part {many:,}: that is read"]


def _words(part: EmailMessage) -> int:
    """How many words a part has, but for addresses."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    text, _ = _decoded(data, part.get_content_charset() or "")
    return len(words_in(_ADDRESS.sub(" ", plain(text))))


def _attached(message: EmailMessage, text: EmailMessage) -> list[str]:
    names = [
        str(part.get_filename() or part.get_content_type())
        for part in message.walk()
        if part is not text and part.get_content_disposition() == "attachment"
    ]
    if not names:
        return []
    shown = ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
    many = f"{len(names)} attached files are" if len(names) > 1 else "1 attached file is"
    return [f"{many} not read: {shown}"]


def _whole(payload: bytes, part: EmailMessage) -> tuple[bytes, list[str]]:
    """The decoded text as far as it goes, and a note where the file ends within it: of some ends
    Python gives the letters that stand for the text, and not the text."""
    broken = any(isinstance(one, _CUT_OFF) for one in part.defects)
    coded = re.sub(rb"\s+", b"", payload)
    undone = any(isinstance(one, InvalidBase64LengthDefect) for one in part.defects)
    if undone and _BASE64.fullmatch(coded):
        payload = b64decode(coded[: len(coded) // 4 * 4])
    return payload, ["the text of the message is cut off"] if broken else []


def _decoded(payload: bytes, charset: str) -> tuple[str, list[str]]:
    if charset:
        try:
            return payload.decode(charset).replace("\0", ""), []
        except (LookupError, ValueError):
            text, notes = decode(payload)
            return text, [f"not {charset}, as the message says", *notes]
    return decode(payload)


def _body(text: str, is_html: bool, path: PurePath) -> RawDocument:
    if is_html:
        builder = Builder()
        put(builder, text, scan(text, markdown=False))
        return builder.document("mail", {})
    signature = _SIGNATURE.search(text)
    raw = plaintext.read(text, path)
    blocks = []
    for block in raw.blocks:
        quoted = text[text.rfind("\n", 0, block.start) + 1 :].startswith(">")
        if signature and block.start >= signature.start():
            block = Block(Shape.NAVIGATION, block.start, block.end)
        elif quoted:
            block = replace(block, shape=Shape.QUOTE, level=0, label="quoted")
        blocks.append(block)
    return replace(raw, blocks=blocks)


def _numbers(data: bytes, part: EmailMessage, above: int) -> Sequence[int]:
    """The number in the file of each line of the decoded text."""
    raw = part.get_payload(decode=False)
    source = data.decode("latin-1").replace("\r\n", "\n")
    text = raw.replace("\r\n", "\n") if isinstance(raw, str) else ""
    # Two lines are enough to find it, and are the same however the rest is coded.
    place = source.find(text[:200].encode("ascii", "replace").decode()[:80].split("\ufffd")[0])
    first = above + source.count("\n", 0, max(0, place)) + 1
    coding = str(part.get("content-transfer-encoding", "")).strip().lower()
    if coding == "base64":
        return [first]
    numbers = []
    goes_on = False
    for number, line in enumerate(text.split("\n"), first):
        if not goes_on:
            numbers.append(number)
        goes_on = coding == "quoted-printable" and line.rstrip().endswith("=")
    return numbers or [first]
