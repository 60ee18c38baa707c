"""Who the speakers of a corpus are, and in which party on a day.

Their lists stand in other files of the corpus, ``…-listPerson.xml`` and ``…-listOrg.xml``, or in
its root; they are looked for beside the minutes and in the folder above.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from functools import lru_cache

from progsearch.model import Person
from progsearch.readers.source import Source
from progsearch.readers.xml import End, Start, Text, events

__all__ = ["PREFIXES", "Speakers", "speakers_of"]

PREFIXES = {
    "http://www.tei-c.org/ns/1.0": "",
    "http://www.w3.org/XML/1998/namespace": "xml",
    "http://www.w3.org/2001/XInclude": "xi",
}
_CORPUS = re.compile(r"(ParlaMint-[A-Z]{2}(?:-[A-Z0-9]{1,3})?)(?![A-Za-z0-9])")
_GROUPS = ("parliamentaryGroup", "politicalParty")
"""Organisations that a speaker speaks for, the first the nearest."""


@dataclass(frozen=True, slots=True)
class _Membership:
    organisation: str
    since: str
    until: str

    def holds(self, day: str) -> bool:
        return (not self.since or self.since[:10] <= day) and (
            not self.until or day <= self.until[:10]
        )


@dataclass(frozen=True, slots=True)
class Speakers:
    """The people of a corpus by their ids; ``groups`` are the short names of organisations
    by their role and their id, ``parliaments`` the names of parliaments by theirs."""

    names: dict[str, str] = field(default_factory=dict)
    memberships: dict[str, list[_Membership]] = field(default_factory=dict)
    groups: dict[str, dict[str, str]] = field(default_factory=dict)
    parliaments: dict[str, str] = field(default_factory=dict)

    def person(self, ident: str, day: str) -> Person | None:
        """Who that is on a day (ISO 8601), and in which party."""
        ident = ident.removeprefix("#")
        if not ident:
            return None
        here = [one.organisation for one in self.memberships.get(ident, ()) if one.holds(day)]
        parties = (
            known[one]
            for role in _GROUPS
            if (known := self.groups.get(role))
            for one in here
            if one in known
        )
        party = next(parties, "")
        return Person(self.names.get(ident) or ident, "speaker", uid=ident, party=party)


def speakers_of(source: Source) -> Speakers:
    """The people of the corpus that a file of minutes belongs to."""
    found = _CORPUS.match(source.path.name)
    parts = [(source.path.name, source.data)]
    if found:
        for ending in ("", "-listPerson", "-listOrg"):
            for folder in ("", "../"):
                name = f"{folder}{found[1]}{ending}.xml"
                data = source.options.beside(name)
                if data is not None:
                    parts.append((name, data))
                    break
    speakers = Speakers()
    for _, data in parts:
        if b"<listPerson" in data or b"<listOrg" in data:
            known = _people(data)
            speakers.names.update(known.names)
            speakers.memberships.update(known.memberships)
            speakers.parliaments.update(known.parliaments)
            for role, groups in known.groups.items():
                speakers.groups.setdefault(role, {}).update(groups)
    return speakers


# A corpus has thousands of minutes and one list of people.
@lru_cache(maxsize=8)
def _people(data: bytes) -> Speakers:
    speakers = Speakers()
    person = org = role = ""
    short = False
    full: dict[str, str] = {}
    name: tuple[list[str], list[str]] = ([], [])
    text_of: list[str] | None = None
    for event in events(io.BytesIO(data), PREFIXES):
        match event:
            case Text(text) if text_of is not None:
                text_of.append(text)
            case Start("person", attributes):
                person = attributes.get("xml:id", "")
                name = ([], [])
            case Start(("forename" | "surname") as kind) if person:
                text_of = name[kind == "surname"]
                text_of.append(" ")
            case Start("affiliation", attributes) if person:
                speakers.memberships.setdefault(person, []).append(
                    _Membership(
                        attributes.get("ref", "").removeprefix("#"),
                        attributes.get("from", ""),
                        attributes.get("to", ""),
                    )
                )
            case Start("org", attributes):
                org, role = attributes.get("xml:id", ""), attributes.get("role", "")
            case Start("orgName", attributes) if org:
                short = attributes.get("full") in ("abb", "init")
                text_of = []
            case End("forename" | "surname"):
                text_of = None
            case End("orgName") if text_of is not None:
                called = " ".join("".join(text_of).split())
                if short:
                    speakers.groups.setdefault(role, {}).setdefault(org, called)
                else:
                    full.setdefault(org, called)
                text_of = None
            case End("person"):
                speakers.names[person] = " ".join("".join((*name[0], *name[1])).split())
                person = ""
            case End("org"):
                if org in full:
                    # Who has no short name is called by the whole one.
                    speakers.groups.setdefault(role, {}).setdefault(org, full[org])
                    if role == "parliament":
                        speakers.parliaments[org] = full[org]
                org = ""
    return speakers
