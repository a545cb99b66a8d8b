"""Themes: the subjects by which areas of different strategies are compared."""

from __future__ import annotations

from typing import ClassVar

from attrs import field, frozen

from .declaration import FieldRole, fact
from .entity import Entity
from .rules import NACE


@frozen(kw_only=True, eq=False, repr=False)
class Theme(Entity):
    """A subject by which areas of different strategies are compared: ours, not a source's.

    Themes are one scheme for all strategies. Most fall under one of the European Commission's industrial ecosystems,
    which are themes too.

    >>> import smartspec
    >>> theme = smartspec.load().themes.lookup("aerospace")
    >>> theme.broader.name, theme.nace
    ('Aerospace and defence ecosystem', ('C30.3',))
    """

    prominence: ClassVar[float] = 0.5

    broader: Theme | None = field(
        default=None, metadata=fact("The wider theme under which it falls.", role=FieldRole.BELONGS)
    )
    nace: tuple[str, ...] = field(
        default=(),
        metadata=fact(
            "The economic activities that it is about, as NACE Rev. 2 codes.", rule=NACE, role=FieldRole.NACE, weight=2
        ),
    )
