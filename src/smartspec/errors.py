"""What can go wrong: every error that smartspec raises on purpose."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

__all__ = [
    "AmbiguousNameError",
    "DatasetError",
    "InvalidValueError",
    "Problem",
    "SmartspecError",
    "UnknownAttributeError",
    "UnknownEntityError",
]


class SmartspecError(Exception):
    """The base of all errors of this package.

    >>> import smartspec
    >>> issubclass(smartspec.UnknownEntityError, smartspec.SmartspecError)
    True
    """

    # The arguments of these errors are their parts, not their text, so that they survive pickling.
    def __reduce__(self) -> tuple[object, ...]:
        return type(self), tuple(vars(self).values())


class UnknownEntityError(SmartspecError, KeyError):
    """No entity of the collection has that id or bears that name.

    ``collection`` is the name of the collection, ``asked`` what was asked for and ``near`` holds
    the ids or names that come close, best first.

    >>> import smartspec
    >>> smartspec.load().regions["piedmnt"]
    Traceback (most recent call last):
        ...
    smartspec.errors.UnknownEntityError: regions has no 'piedmnt'; did you mean 'piedmont'?
    """

    def __init__(self, collection: str, asked: str, near: Iterable[str] = ()) -> None:
        super().__init__(asked)
        self.collection = collection
        self.asked = asked
        self.near = tuple(near)

    def __str__(self) -> str:
        return f"{self.collection} has no {shown(self.asked)}{did_you_mean(self.near, '; ')}"


class AmbiguousNameError(SmartspecError, LookupError):
    """Several entities bear the name that was looked up.

    ``collection`` is the name of the collection, ``asked`` the name, ``candidates`` one line for each
    entity that bears it: its id and what tells it apart.

    >>> import smartspec
    >>> smartspec.load().innovation_areas.lookup("ICT")
    Traceback (most recent call last):
        ...
    smartspec.errors.AmbiguousNameError: 3 of innovation_areas bear the name 'ICT'; take one by its id:
      InnovationArea('ict-2006', name='ICT', strategy='torino-strategic-plan-2006', \
priority_field='industrial-transformation')
      InnovationArea('ict-industry', name='ICT', strategy='piedmont-s3-2014-2020')
      InnovationArea('ict-city', name='ICT', strategy='open-for-business')
    """

    def __init__(self, collection: str, asked: str, candidates: Iterable[str]) -> None:
        super().__init__(asked)
        self.collection = collection
        self.asked = asked
        self.candidates = tuple(candidates)

    def __str__(self) -> str:
        lines = "".join(f"\n  {candidate}" for candidate in self.candidates)
        return (
            f"{len(self.candidates)} of {self.collection} bear the name {shown(self.asked)}; take one by its id:{lines}"
        )


class UnknownAttributeError(SmartspecError, AttributeError):
    """A class has no attribute of that name; the message lists those that it has.

    >>> import smartspec
    >>> smartspec.load().sources.where(yaer=2006)
    Traceback (most recent call last):
        ...
    smartspec.errors.UnknownAttributeError: Source has no attribute 'yaer'; did you mean 'year'? \
It has: id, name, local_name, aliases, description, publisher, title, year, url, language, citations
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
    smartspec.errors.InvalidValueError: Region.nuts: 'itc1' is not a NUTS code (write it like 'ITC1')
    """

    def __init__(self, where: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.where = where
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" + (f" ({self.hint})" if self.hint else "")


@attrs.frozen
class Problem:
    """One thing that is wrong in a dataset.

    ``file`` is the file's name, ``pointer`` the JSON pointer (RFC 6901) to the value in it, ``message``
    says what is wrong and ``hint`` what to write instead (empty if that is plain). ``str`` gives one line.

    >>> import smartspec
    >>> print(smartspec.Problem("regions.json", "/0/nuts", "'itc1' is not a NUTS code", "write it like 'ITC1'"))
    regions.json#/0/nuts: 'itc1' is not a NUTS code (write it like 'ITC1')
    """

    file: str
    pointer: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.file}#{self.pointer}: {self.message}" + (f" ({self.hint})" if self.hint else "")


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
        count = f"{len(self.problems)} problem{'s' * (len(self.problems) != 1)}"
        return f"{count}:\n" + "\n".join(map(str, self.problems))


def shown(value: object, width: int = 60) -> str:
    """The value as Python writes it, on one line, shortened in the middle when long."""
    if isinstance(value, str):  # Never escape a text of megabytes only to throw it away.
        value = value if len(value) <= width else f"{value[: width // 2]}…{value[-width // 2 :]}"
    try:
        text = repr(value)
    except (ValueError, RecursionError):  # An int of thousands of digits, a list of thousands of levels.
        text = f"<{type(value).__name__}>"
    return text if len(text) <= width + 4 else f"{text[: width // 2]}…{text[-width // 2 :]}"


def close(asked: str, valid: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Those of ``valid`` that come close to ``asked``, best first."""
    import difflib  # Only who errs pays for it.

    # Nobody mistypes a name of hundreds of characters, and comparing costs the product of the lengths.
    return tuple(difflib.get_close_matches(asked[:100], valid, n=most, cutoff=0.6))


def did_you_mean(near: Iterable[str], before: str = "") -> str:
    """``near`` as a question, or nothing."""
    return f"{before}did you mean {' or '.join(map(shown, near))}?" if near else ""
