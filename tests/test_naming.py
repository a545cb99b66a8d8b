"""How names are compared: what people write differently in the same name does not count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from smartspec import AmbiguousNameError, UnknownEntityError
from smartspec.catalogue.naming import fold

if TYPE_CHECKING:
    from conftest import Make


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param("PIEDMONT", "Piedmont", id="case"),
        pytest.param("Citta metropolitana", "Città metropolitana", id="accents"),
        pytest.param("Citta\u0300", "Città", id="decomposed-accents"),
        pytest.param("Verbano Cusio Ossola", "Verbano-Cusio-Ossola", id="hyphens"),
        pytest.param("Verbano\u2013Cusio\u2011Ossola", "Verbano-Cusio-Ossola", id="dashes"),
        pytest.param("made in Piedmont", "“made in Piedmont”", id="quotation-marks"),
        pytest.param("Piemontes DNA", "Piemonte\u2019s DNA", id="apostrophes"),
        pytest.param("  smart\t city \n", "Smart City", id="spaces"),
        pytest.param("Torino\u00a0Wireless", "Torino Wireless", id="no-break-space"),
        pytest.param("To\u200brino", "Torino", id="invisible-characters"),
        pytest.param("STRASSE", "Straße", id="case-that-changes-the-length"),
        pytest.param("\uff29\uff34\uff23\uff11", "ITC1", id="full-width-letters"),
        pytest.param("\ufb01at", "Fiat", id="ligatures"),
        pytest.param("Po.in.tex", "Pointex", id="points"),
        pytest.param("R&D", "R & D", id="ampersand-with-spaces"),
    ],
)
def test_what_people_write_differently_is_folded_alike(written: str, meant: str) -> None:
    assert fold(written) == fold(meant)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Torino", "Turin", id="translations"),
        pytest.param("C29", "C30", id="digits"),
        pytest.param("5 €", "5 $", id="symbols"),
        pytest.param("都灵", "都", id="other-scripts"),
        pytest.param("?!", "", id="punctuation-alone-and-nothing"),
        pytest.param("?", "!", id="different-punctuation"),
    ],
)
def test_what_means_something_else_is_folded_differently(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize("text", ["Città", "?!", " - ", "Straße", "", "İstanbul"])
def test_what_is_folded_stays_as_it_is_when_folded_again(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_nothing_is_folded_to_nothing() -> None:
    assert fold(" ") == ""


def test_of_codes_that_differ_by_a_hyphen_the_one_as_written_is_meant(make: Make) -> None:
    silesia, pomerania = make.region("silesia", nuts="PL22"), make.region("pomerania", iso_3166_2="PL-22")
    regions = make.catalogue(silesia, pomerania).regions
    assert (regions.lookup("PL22"), regions.lookup("pl-22")) == (silesia, pomerania)
    with pytest.raises(AmbiguousNameError):
        regions.lookup("PL 22")


def test_what_looks_like_a_code_with_a_hyphen_is_none_without_it(make: Make) -> None:
    regions = make.catalogue(make.region("zagreb", nuts="HR05", aliases=("HR01",))).regions
    for asked in ("HR-05", "HR-01"):
        with pytest.raises(UnknownEntityError):
            regions.lookup(asked)
    assert regions.lookup("hr 05").id == "zagreb"


def test_an_old_code_comes_before_another_without_its_hyphen(make: Make) -> None:
    mazovia, lesser = make.region("mazovia", aliases=("PL12",)), make.region("lesser", iso_3166_2="PL-12")
    regions = make.catalogue(mazovia, lesser).regions
    assert (regions.lookup("PL12"), regions.lookup("PL-12")) == (mazovia, lesser)
