"""The filters of all commands: declared once, and given to a command as one value."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any

from progsearch.cli._support import options as o

if TYPE_CHECKING:
    from progsearch.api.words import FilterWords

__all__ = ["Wanted", "filtered"]

Wanted = Annotated["FilterWords", "the options of the filters"]
"""The parameter of a command in whose place :func:`filtered` puts the options."""

Command = Callable[..., None]


def filtered(*without: str, **defaults: object) -> Callable[[Command], Command]:
    """Give a command the options of :func:`progsearch.cli._support.options.filters`.

    They stand where the command has its parameter ``wanted``, which gets the filters that
    they mean. ``without`` names options that the command does not have, ``defaults`` are the
    values of those whose default is another in it.
    """

    def decorate(command: Command) -> Command:
        # The class of filters is there for the type checker alone: to load it takes time.
        options = inspect.signature(o.filters, eval_str=True, locals={"FilterWords": object})
        offered = [
            one.replace(default=defaults.get(name, one.default))
            for name, one in options.parameters.items()
            if name not in without
        ]
        names = [one.name for one in offered]

        @wraps(command)
        def run(**given: Any) -> None:  # noqa: ANN401
            chosen = {name: given.pop(name) for name in names}
            command(wanted=o.filters(**chosen), **given)

        parameters: list[inspect.Parameter] = []
        for one in inspect.signature(command, eval_str=True).parameters.values():
            parameters += offered if one.name == "wanted" else [one]
        # Typer makes options from these two.
        vars(run)["__signature__"] = inspect.Signature(parameters)
        run.__annotations__ = {one.name: one.annotation for one in parameters}
        return run

    return decorate
