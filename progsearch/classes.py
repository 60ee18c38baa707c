"""Data classes that cost little to make, for modules that every command loads.

:func:`dataclasses.dataclass` writes six methods of a frozen class as source and compiles them:
two thirds of a millisecond a class, of which a search loads more than seventy and makes
instances of some. Here a frozen class with slots gets methods that are compiled with this
module; ``__init__`` alone is written, when the first instance is made, and what
:func:`dataclasses.fields`, ``replace`` and ``asdict`` look at when they look.

To type checkers it is the decorator of the standard library, and so are the classes in all that
they do; whatever is asked for in another way is made by that one. ``tests/test_classes.py``
holds the two to each other.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

_FROZEN = {"frozen": True, "slots": True}
_WRITTEN = frozenset({"__init__", "__repr__", "__eq__", "__hash__", "__setattr__", "__delattr__"})
_KEPT = frozenset({"__slots__", "__getstate__", "__setstate__"})
_MARKS = ("ClassVar", "InitVar", "KW_ONLY")
_MADE = object()  # stands for what a factory makes

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(cls=None, /, **how):  # noqa: ANN001, ANN003, ANN201 - see above for its types
        """The decorator of the standard library, quicker with ``frozen`` and ``slots``."""
        usual = dataclasses.dataclass(cls, **how)
        if cls is not None or how != _FROZEN:
            return usual
        return lambda cls: _made(cls) if _plain(cls) else usual(cls)


def _plain(cls: type) -> bool:
    """Whether a class has nothing but fields, and values or factories that they begin with."""
    told = inspect.get_annotations(cls)
    return (
        not any(hasattr(base, "__dataclass_fields__") for base in cls.__mro__[1:])
        and (_WRITTEN | _KEPT).isdisjoint(vars(cls))
        and not any(mark in str(kind) for kind in told.values() for mark in _MARKS)
        and "self" not in told
        and all(map(_simple, map(vars(cls).get, told)))
    )


def _simple(default: object) -> bool:
    if isinstance(default, dataclasses.Field):
        if default.default_factory is dataclasses.MISSING:
            return False
        # Compared with one that nothing else was said of.
        usual = dataclasses.field(default_factory=default.default_factory)
        looked = ("default", "init", "repr", "hash", "compare", "kw_only", "metadata")
        return all(getattr(default, name) == getattr(usual, name) for name in looked)
    return default.__class__.__hash__ is not None


def _made(cls: type) -> type:
    """The frozen class with slots."""
    told = inspect.get_annotations(cls)
    names = tuple(told)
    inside = dict(vars(cls))
    defaults = {name: inside.pop(name) for name in names if name in inside}
    for name in ("__dict__", "__weakref__"):
        inside.pop(name, None)
    values = _values(names)

    def same(self: Any, other: Any) -> Any:  # noqa: ANN401
        if other.__class__ is not self.__class__:
            return NotImplemented
        return values(self) == values(other)

    def hashed(self: Any) -> int:  # noqa: ANN401
        return hash(values(self))

    def shown(self: Any) -> str:  # noqa: ANN401
        told = (f"{name}={value!r}" for name, value in zip(names, values(self), strict=True))
        return f"{self.__class__.__qualname__}({', '.join(told)})"

    def set_(self: Any, name: str, value: Any) -> None:  # noqa: ANN401
        if type(self) is made or name in names:
            raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
        object.__setattr__(self, name, value)

    def delete(self: Any, name: str) -> None:  # noqa: ANN401
        if type(self) is made or name in names:
            raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
        object.__delattr__(self, name)

    def begin(self: Any, *given: Any, **named: Any) -> None:  # noqa: ANN401
        init = made.__init__ = _init(made, defaults)  # type: ignore[misc]
        init(self, *given, **named)

    def state(self: Any) -> list[Any]:  # noqa: ANN401
        return list(values(self))

    def put(self: Any, values: Sequence[Any]) -> None:  # noqa: ANN401
        for name, value in zip(names, values, strict=True):
            object.__setattr__(self, name, value)

    inside |= {"__slots__": names, "__match_args__": names, "__init__": begin}
    inside |= {"__repr__": shown, "__eq__": same, "__hash__": hashed}
    inside |= {"__setattr__": set_, "__delattr__": delete}
    inside |= {"__getstate__": state, "__setstate__": put}
    for name in ("__dataclass_fields__", "__dataclass_params__"):
        inside[name] = _Later(name, cls.__name__, told, defaults)
    made = type(cls)(cls.__name__, cls.__bases__, inside)
    made.__qualname__ = cls.__qualname__
    return made


def _values(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    """What tells the fields of an instance."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda self: tuple(getattr(self, name) for name in names)


def _init(cls: type, defaults: Mapping[str, Any]) -> Callable[..., None]:
    """The method that begins an instance."""
    inside: dict[str, Any] = {"_made": _MADE}
    given, done = ["self"], []
    for name in cls.__match_args__:  # type: ignore[attr-defined]
        inside[f"_set_{name}"] = vars(cls)[name].__set__
        value = name
        if name in defaults:
            default = defaults[name]
            if isinstance(default, dataclasses.Field):
                inside[f"_new_{name}"], default = default.default_factory, _MADE
                value = f"_new_{name}() if {name} is _made else {name}"
            inside[f"_default_{name}"] = default
            given.append(f"{name}=_default_{name}")
        else:
            given.append(name)
        done.append(f"    _set_{name}(self, {value})")
    if hasattr(cls, "__post_init__"):
        done.append("    self.__post_init__()")
    source = f"def __init__({', '.join(given)}):\n" + "\n".join(done or ["    pass"])
    exec(source, inside)  # noqa: S102 - as the standard library does; it is of names of fields only
    init: Callable[..., None] = inside["__init__"]
    init.__qualname__, init.__module__ = f"{cls.__qualname__}.__init__", cls.__module__
    return init


class _Later:
    """What the standard library tells of a data class, asked of it when somebody looks."""

    def __init__(
        self, name: str, called: str, told: Mapping[str, Any], defaults: Mapping[str, Any]
    ) -> None:
        self._name = name
        self._called = called
        self._inside = {**defaults, "__annotations__": dict(told)}
        self._found: Any = None

    def __get__(self, instance: object, owner: type) -> Any:  # noqa: ANN401
        if self._found is None:
            made = type(self._called, (), {**self._inside, "__module__": owner.__module__})
            self._found = getattr(dataclasses.dataclass(frozen=True)(made), self._name)
        return self._found
