"""A quick data class does what the standard library's does."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import FrozenInstanceError, asdict, field, fields, is_dataclass, replace
from typing import ClassVar

import pytest

from progsearch import classes
from progsearch.classes import dataclass


@dataclass(frozen=True, slots=True)
class Quick:
    """Some fields."""

    name: str
    size: int = 3
    words: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.size < 0:
            raise ValueError("less than nothing")

    @property
    def long(self) -> bool:
        return self.size > 3


@dataclasses.dataclass(frozen=True, slots=True)
class Usual:
    """Some fields."""

    name: str
    size: int = 3
    words: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.size < 0:
            raise ValueError("less than nothing")

    @property
    def long(self) -> bool:
        return self.size > 3


@dataclass(frozen=True, slots=True)
class One:
    only: float


@dataclass(frozen=True, slots=True)
class Nothing:
    """No field."""


@dataclass(frozen=True, slots=True)
class Later(Quick):
    """A class of a quick one, made by the standard library."""

    more: str = "more"


def told(act):
    """What comes of it, or how it fails, in words that do not name the class."""
    try:
        found = act()
    except (AttributeError, TypeError, ValueError) as error:
        return type(error), str(error).replace("Usual", "Quick")
    return repr(found).replace("Usual", "Quick")


ACTS = {
    "all": lambda cls: cls("a", 4, ["b"]),
    "by name": lambda cls: cls(words=["b"], name="a"),
    "defaults": lambda cls: cls("a"),
    "each with its own": lambda cls: cls("a").words is cls("a").words,
    "one is missing": lambda cls: cls(size=3),
    "one too many": lambda cls: cls("a", 1, [], 2),
    "unknown": lambda cls: cls("a", width=3),
    "refused": lambda cls: cls("a", -1),
    "same": lambda cls: cls("a") == cls("a"),
    "other": lambda cls: cls("a") == cls("b"),
    "other kind": lambda cls: cls("a") == ("a", 3, []),
    "cannot be hashed": lambda cls: hash(cls("a")),
    "hash": lambda cls: hash(cls("a", 3, ())) == hash(("a", 3, ())),
    "set": lambda cls: setattr(cls("a"), "name", "b"),
    "delete": lambda cls: delattr(cls("a"), "name"),
    "method": lambda cls: cls("a", 4).long,
    "replace": lambda cls: replace(cls("a"), size=7),
    "replace what is not there": lambda cls: replace(cls("a"), width=7),
    "replaced are looked at": lambda cls: replace(cls("a"), size=-7),
    "asdict": lambda cls: asdict(cls("a", 3, ["b"])),
    "fields": lambda cls: [(one.name, one.type, one.default) for one in fields(cls("a"))],
    "is one": lambda cls: (is_dataclass(cls), is_dataclass(cls("a"))),
    "parameters": lambda cls: cls.__dataclass_params__,
    "copy": lambda cls: copy.deepcopy(cls("a", 3, ["b"])),
    "pickle": lambda cls: pickle.loads(pickle.dumps(cls("a", 3, ["b"]))),
    "slots": lambda cls: (cls.__slots__, cls.__match_args__, hasattr(cls("a"), "__dict__")),
    "names": lambda cls: (cls.__name__, cls.__qualname__, cls.__module__, cls.__doc__),
    "no value of the class": lambda cls: cls.size.__get__(cls("a", 5)),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_it_is_as_the_usual_one(act):
    assert told(lambda: act(Quick)) == told(lambda: act(Usual))


def test_one_field_and_none():
    assert One(1.0) == One(1.0) != One(2.0)
    assert hash(One(1.0)) == hash((1.0,))
    assert repr(One(1.0)) == "One(only=1.0)"
    assert Nothing() == Nothing() != One(1.0)
    assert hash(Nothing()) == hash(())


def test_what_is_no_field_is_not_set_either():
    with pytest.raises(FrozenInstanceError):
        Quick("a").width = 1


def test_patterns_take_its_fields():
    match Quick("a", 4):
        case Quick(name, size):
            assert (name, size) == ("a", 4)


def test_a_class_of_a_quick_one_has_its_fields_too():
    later = Later("a", more="b")
    assert repr(later) == "Later(name='a', size=3, words=[], more='b')"
    assert later != Quick("a")
    assert replace(later, size=5).more == "b"
    with pytest.raises(FrozenInstanceError):
        later.name = "b"


class OwnEqual:
    one: int

    def __eq__(self, other):
        return True


class OwnHash:
    one: int

    def __hash__(self):
        return 1


class OfTheClass:
    one: int
    all_: ClassVar[int] = 3


class Marked:
    one: int = field(default=1, compare=False)


class Bare:
    one: int = field()


class Below(Usual):
    one: int = 3


@pytest.mark.parametrize("cls", [OwnEqual, OwnHash, OfTheClass, Marked, Bare, Below])
def test_what_is_not_plain_is_left_to_the_usual_one(monkeypatch, cls):
    monkeypatch.setattr(classes, "_made", None)
    assert is_dataclass(dataclass(frozen=True, slots=True)(cls))


@pytest.mark.parametrize("how", [{}, {"slots": True}, {"frozen": True}, {"order": True}])
def test_other_kinds_are_the_usual_ones(monkeypatch, how):
    monkeypatch.setattr(classes, "_made", None)

    class Found:
        one: int

    assert repr(dataclass(**how)(Found)(3)).endswith("Found(one=3)")
    assert is_dataclass(dataclass(Found))
