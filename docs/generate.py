"""``python -m docs.generate``: the pages that are made from the program.

``docs/cli.md`` comes from the commands, ``docs/tour.md``, the numbers of the README and the
pictures from running them on the demonstration corpus; those of ``docs.pictures`` are drawn anew
where their page says something else and Chromium is there. With ``--check`` nothing is written
and the exit code tells whether a page is out of date.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import typer.main
from click import Command
from rich.console import Console
from rich.text import Text

from progsearch.cli import app
from progsearch.cli._support.help import examples, records, told
from progsearch.errors import ProgsearchError

DOCS = Path(__file__).parent
WIDTH = "92"

EXIT_CODES = (
    "Exit codes: 0 done, 1 an error (one line on stderr says what and what to do), 2 the"
    " command line cannot be read, 3 done, but some files could not be read or, with verify,"
    " have changed; 130 stopped by Ctrl-C."
)

Ran = tuple[str, str]


def run(line: str, index: Path) -> Ran:
    """What a command line prints, on stdout and on stderr, run in the checkout."""
    words = shlex.split(line)[1:]
    asks_index = words[:1] != ["themes"] or words[1] in ("coverage", "suggest", "audit")
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            where = ["--index", str(index)] if asks_index else []
            app([*words, *where], standalone_mode=False)
        except ProgsearchError as error:
            print(f"progsearch: {error}", file=sys.stderr)
    return out.getvalue(), err.getvalue()


def reference() -> str:
    """The page of all commands and their options."""
    command = typer.main.get_command(app)
    parts = [
        "# Commands",
        "Written by `python -m docs.generate` from the commands themselves.",
        EXIT_CODES,
    ]
    for name, sub in command.commands.items():
        subs = getattr(sub, "commands", None)
        if subs:
            parts.append(f"## progsearch {name}\n\n{_text(sub)}")
            parts += [_section(f"{name} {inner}", one, "###") for inner, one in subs.items()]
        else:
            parts.append(_section(name, sub, "##"))
    return "\n\n".join(parts) + "\n"


def _text(command: Command) -> str:
    return "\n\n".join(" ".join(part.split()) for part in told(command).split("\n\n"))


def _section(name: str, command: Command, marks: str) -> str:
    with command.make_context(name, [], resilient_parsing=True) as context:
        context.info_name = f"progsearch {name}"
        groups = records(command, context)
        usage = " ".join(command.collect_usage_pieces(context))
    parts = [f"{marks} progsearch {name}", f"`progsearch {name} {usage}`", _text(command)]
    lines = examples(command)
    if lines:
        parts.append("\n".join(["```sh", *lines, "```"]))
    for group, rows in groups.items():
        shown = [f"| `{left}` | {right} |" for left, right in rows if "--help" not in left]
        table = [f"| {group} | |", "| --- | --- |", *shown]
        if shown:
            parts.append("\n".join(re.sub(r"(?<=\w)\|(?=\w)", "\\\\|", row) for row in table))
    return "\n\n".join(parts)


SESSION = (
    "progsearch search sjuksköterska OR zdravotník -n 3",
    "progsearch count sjuksköterska OR zdravotník --by region,party",
)


def session(index: Path) -> str:
    """A picture of a session (SVG): what the commands print on a terminal with colours."""
    console = Console(width=int(WIDTH) + 8, record=True, file=io.StringIO(), force_terminal=True)
    os.environ["FORCE_COLOR"] = "1"
    plain = os.environ.pop("NO_COLOR")
    try:
        for line in SESSION:
            out, err = run(line, index)
            console.print(f"[bold green]$[/] {line}", highlight=False)
            console.print(Text.from_ansi(out.rstrip("\n")))
            console.print(Text(err.rstrip("\n") + "\n", style="dim"))
    finally:
        os.environ["NO_COLOR"] = plain
        del os.environ["FORCE_COLOR"]
    picture = console.export_svg(title="progsearch", unique_id="session")
    # Rich's template loads its font from the network; the reader's own will do.
    return re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)


TOUR = DOCS / "tour.in.md"
_COMMAND = re.compile(r"^    \$ (progsearch .*)$", re.MULTILINE)


def tour(index: Path) -> str:
    """The tour: each command line of the page followed by what it prints."""

    def shown(match: re.Match[str]) -> str:
        out, err = run(match[1], index)
        lines = [*out.rstrip("\n").split("\n"), *err.rstrip("\n").split("\n")]
        block = "\n".join(f"    {line}".rstrip() for line in lines if line or out)
        return f"{match[0]}\n{block.rstrip()}"

    return _COMMAND.sub(shown, TOUR.read_text(encoding="utf-8"))


README = DOCS.parent / "README.md"
_CONSOLE = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)


def readme(index: Path) -> str:
    """The README, its console blocks filled with what their commands print now."""

    def filled(block: re.Match[str]) -> str:
        lines = block[0].splitlines()
        commands = [line for line in lines if line.startswith("$ progsearch ")]
        parts = []
        for command in commands:
            out, _ = ("", "") if " -o " in command else run(command[2:], index)
            parts.append(f"{command}\n{_trimmed(out)}")
        return "\n".join(part.rstrip("\n") for part in parts) + "\n"

    return _CONSOLE.sub(filled, README.read_text(encoding="utf-8"))


_PLOTTED = re.compile(r"^\$ (progsearch .* --plot (\S+\.svg).*)$", re.MULTILINE)
_WRITTEN = re.compile(r"(?<= --plot )\S+|(?<= -o )\S+")


def pictures(index: Path) -> dict[Path, str]:
    """The pictures of the pages that show the commands by which they are drawn."""
    found: dict[Path, str] = {}
    shown = [page.read_text(encoding="utf-8") for page in (README, DOCS / "concordance.md")]
    for line, name in _PLOTTED.findall("\n".join(shown)):
        with tempfile.TemporaryDirectory() as folder:
            aside = _WRITTEN.sub(lambda file, to=folder: shlex.quote(str(Path(to, file[0]))), line)
            run(aside, index)
            found[DOCS / name] = Path(folder, name).read_text(encoding="utf-8")
    return found


def shown(text: str) -> object:
    """What there is to see on a page: of a drawing its texts, since where they stand to a hair
    is a matter of the machine that drew it."""
    return _LETTERS.findall(text) if "<!-- Created with matplotlib" in text[:2000] else text


_LETTERS = re.compile(r"<!-- (.*?) -->", re.DOTALL)


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines())


def pages(index: Path) -> dict[Path, str]:
    """The pages as they should be now, by an index of the demonstration corpus that is made."""
    os.environ |= {"COLUMNS": WIDTH, "NO_COLOR": "1"}
    os.environ.pop("FORCE_COLOR", None)
    before = Path.cwd()
    os.chdir(DOCS.parent)
    try:
        run("progsearch ingest corpus --quiet", index)
        return {
            DOCS / "cli.md": reference(),
            DOCS / "tour.md": tour(index),
            DOCS / "session.svg": session(index),
            README: readme(index),
            **pictures(index),
        }
    finally:
        os.chdir(before)


def main() -> int:
    """Write the pages, or check them."""
    check = "--check" in sys.argv
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder, "index")
        made = pages(index)
        old = drawings(index, write=not check)
    for name in old:
        print(f"{name} is out of date; {HOW}", file=sys.stderr)
    if not check:
        for page, text in made.items():
            page.write_text(text, encoding="utf-8")
        return 0
    stale = [
        page
        for page, text in made.items()
        if not page.exists() or shown(page.read_text(encoding="utf-8")) != shown(text)
    ]
    for page in stale:
        print(f"{page.name} is out of date; run: python -m docs.generate", file=sys.stderr)
    return len(stale) + len(old)


HOW = "run, where Chromium and selenium are: python -m docs.generate"


def drawings(index: Path, *, write: bool) -> list[str]:
    """The pictures of pages that are out of date, drawn anew if that can be done here; none where
    the libraries of ``serve`` are not installed."""
    from importlib.util import find_spec

    from docs.pictures import renew

    return renew(index, write=write) if find_spec("starlette") and find_spec("uvicorn") else []


if __name__ == "__main__":
    sys.exit(main())
