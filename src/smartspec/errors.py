"""What can go wrong: every error that smartspec raises on purpose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from .text import clean, close, did_you_mean, shown

_MOST_LINES, _MOST_CANDIDATES = 1_000, 10


@contextmanager
def needs(extra: str) -> Iterator[None]:
    """Imports of libraries that come with an extra: of one that is missing, the error says how to get it.

    >>> from smartspec.errors import needs
    >>> with needs("plot"):
    ...     import drawing_of_tomorrow
    Traceback (most recent call last):
        ...
    ImportError: drawing_of_tomorrow is not installed; it comes with: python -m pip install "smartspec[plot]"
    """
    try:
        yield
    except ModuleNotFoundError as error:
        message = f'{error.name} is not installed; it comes with: python -m pip install "smartspec[{extra}]"'
        raise ImportError(message, name=error.name) from error


class SmartspecError(Exception):
    """The base of all errors of this package.

    >>> import smartspec
    >>> issubclass(smartspec.UnknownEntityError, smartspec.SmartspecError)
    True
    """

    # The arguments of these errors are their parts, not their text, so that they survive pickling.
    def __reduce__(self) -> tuple[object, ...]:
        parts = dict(vars(self))
        notes = parts.pop("__notes__", None)
        return type(self), tuple(parts.values()), notes and {"__notes__": notes}


class UnknownEntityError(SmartspecError, KeyError):
    """No entity of the collection has that id or bears that name.

    ``collection`` is the name of the collection, ``asked`` what was asked for and ``near`` holds
    the ids or names that come close, best first; ``advice`` tells what else to write, if that is plain.

    >>> import smartspec
    >>> smartspec.load().regions["piedmnt"]
    Traceback (most recent call last):
        ...
    smartspec.errors.UnknownEntityError: regions has no 'piedmnt'; did you mean "piedmont"?
    """

    def __init__(self, collection: str, asked: str, near: Iterable[str] = (), advice: str = "") -> None:
        super().__init__(asked)
        self.collection = collection
        self.asked = asked
        self.near = tuple(near)
        self.advice = advice

    def __str__(self) -> str:
        advice = f"; {self.advice}" if self.advice else ""
        return f"{self.collection} has no {shown(self.asked)}{advice}{did_you_mean(self.near, '; ')}"


class AmbiguousNameError(SmartspecError, LookupError):
    """Several entities bear the name that was looked up.

    ``collection`` is the name of the collection, ``asked`` the name, ``candidates`` the entities that bear it and
    ``differences`` what tells each of them apart, in the same order. The text shows ten at most.

    >>> import smartspec
    >>> smartspec.load().lookup("Mechatronics")
    Traceback (most recent call last):
        ...
    smartspec.errors.AmbiguousNameError: 2 of the catalogue bear the name 'Mechatronics'; take one by its id:
      innovation_areas["mechatronics"]  priority field: Innovation of productive system, designation: innovation area
      innovation_areas["mechatronics-industry"]  designation: industry
    """

    def __init__(self, collection: str, asked: str, candidates: Iterable[Any], differences: Iterable[str]) -> None:
        super().__init__(asked)
        self.collection = collection
        self.asked = asked
        self.candidates = tuple(candidates)
        self.differences = tuple(differences)

    def __str__(self) -> str:
        number = len(self.candidates)
        lines = [f"{number} of {self.collection} bear the name {shown(self.asked)}; take one by its id:"]
        lines += [f"  {clean(difference, 200)}" for difference in self.differences[:_MOST_CANDIDATES]]
        if number > _MOST_CANDIDATES:
            lines.append(f"  … and {number - _MOST_CANDIDATES} more, in `candidates`")
        return "\n".join(lines)


class UnknownAttributeError(SmartspecError, AttributeError):
    """A class has no attribute of that name; the message lists those that it has.

    >>> import smartspec
    >>> smartspec.load().sources.where(yaer=2006)
    Traceback (most recent call last):
        ...
    smartspec.errors.UnknownAttributeError: Source has no attribute 'yaer'; did you mean "year"? \
It has: id, name, local_name, local_language, aliases, description, publisher, title, published, accessed, url, \
language, citations, year
    """

    def __init__(self, owner: str, asked: str, valid: Iterable[str]) -> None:
        super().__init__(asked)
        self.owner = owner
        self.asked = asked
        self.valid = tuple(valid)

    def __str__(self) -> str:
        near = did_you_mean(close(self.asked, self.valid), "; ")
        stop = "" if near else "."
        return f"{self.owner} has no attribute {shown(self.asked)}{near}{stop} It has: {', '.join(self.valid)}"


class InvalidValueError(SmartspecError, ValueError):
    """A value has the right type and still cannot be what it is given for.

    ``where`` names class and attribute, ``message`` says what is wrong, ``hint`` what to write instead.

    >>> import smartspec
    >>> smartspec.Region(id="x", name="X", level=smartspec.RegionLevel.REGION, nuts="itc1")
    Traceback (most recent call last):
        ...
    smartspec.errors.InvalidValueError: Region.nuts: 'itc1' is not a NUTS code (write it like "ITC1")
    """

    def __init__(self, where: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.where = where
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" + (f" ({self.hint})" if self.hint else "")


class Problem(NamedTuple):
    """One thing that is wrong in a dataset.

    ``file`` is the file's name, ``pointer`` the JSON pointer (RFC 6901) to the value in it, ``message``
    says what is wrong and ``hint`` what to write instead (empty if that is plain). ``str`` gives one line.

    >>> import smartspec
    >>> print(smartspec.Problem("regions.json", "/0/nuts", "'itc1' is not a NUTS code", 'write it like "ITC1"'))
    regions.json#/0/nuts: 'itc1' is not a NUTS code (write it like "ITC1")
    """

    file: str
    pointer: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{clean(self.file)}#{clean(self.pointer, 200)}"
        return f"{place}: {self.message}" + (f" ({self.hint})" if self.hint else "")


class DatasetError(SmartspecError, ValueError):
    """A dataset that cannot be taken; ``problems`` holds all that is wrong with it, in file order.

    >>> import smartspec
    >>> smartspec.DatasetError([smartspec.Problem("regions.json", "/0", "the key 'name' is missing")]).problems[0].file
    'regions.json'
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        lines = [f"{len(self.problems)} problem{'s' * (len(self.problems) != 1)}:"]
        lines += map(str, self.problems[:_MOST_LINES])
        if len(self.problems) > _MOST_LINES:
            lines.append(f"… and {len(self.problems) - _MOST_LINES} more, in `problems`")
        return "\n".join(lines)


class SaveError(SmartspecError, OSError):
    """A dataset or an export was not saved, and what was there before is untouched.

    ``__cause__`` is what the system said. If it refuses even to bring back what was there, the ``reason`` says where
    that is.

    >>> import smartspec
    >>> smartspec.load().save("/proc/nowhere/mine")
    Traceback (most recent call last):
        ...
    smartspec.errors.SaveError: '/proc/nowhere/mine' was not saved: No such file or directory
    """

    def __init__(self, directory: str, reason: str) -> None:
        super().__init__(reason)
        self.directory = directory
        self.reason = reason

    def __str__(self) -> str:
        return f"{shown(self.directory, 200)} was not saved: {clean(self.reason, 300)}"
