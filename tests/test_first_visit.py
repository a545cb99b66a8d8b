"""What somebody runs into who asks for the first time: answers that look right and are not."""

from __future__ import annotations

import pathlib

import pytest

from smartspec import AmbiguousNameError, Catalogue, export

PLAIN = {
    "health": ("Health", "Salute"),
    "digital": ("Digital", "Digitale"),
    "tourism": ("Tourism", "Turismo"),
    "construction": ("Construction", "Edilizia"),
    "electronics": ("Electronics", "Elettronica"),
    "fashion": ("Textiles", "Tessile"),
    "agrifood": ("Agri-food", "Agroalimentare"),
    "culture": ("Cultural and creative industries", "Industrie culturali e creative"),
    "energy": ("Renewable energy", "Energie rinnovabili"),
}


@pytest.mark.parametrize(("theme", "word"), [(theme, word) for theme, words in PLAIN.items() for word in words])
def test_a_word_for_a_theme_and_its_ecosystem_is_ambiguous(s3: Catalogue, theme: str, word: str) -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        s3.themes.lookup(word.lower())
    assert {*caught.value.candidates} == {s3.themes[theme], s3.themes[theme].broader}


def test_no_name_by_which_a_theme_is_found_gives_an_empty_answer(eu: Catalogue) -> None:
    ecosystems = {theme.broader for theme in eu.themes}
    themes = eu.themes.filter(lambda theme: theme not in ecosystems and "ecosystem" not in theme.name)
    for theme in themes:
        assert eu.innovation_areas.where(themes=eu.themes.lookup(theme.name)), theme
    for ecosystem in eu.themes.filter(lambda theme: theme not in themes):
        assert eu.themes.lookup(ecosystem.name) is ecosystem
        assert ecosystem.name.endswith(" ecosystem")


@pytest.mark.parametrize(("kind", "way"), [("pandas", "to_excel"), ("polars", "write_excel")])
def test_a_frame_that_is_given_as_a_table_is_told_to_write_itself(
    s3: Catalogue, tmp_path: pathlib.Path, kind: str, way: str
) -> None:
    pytest.importorskip(kind)
    frame = getattr(s3.regions, f"to_{kind}")()
    with pytest.raises(TypeError, match=rf"writes itself: \.{way}\("):
        export.to_xlsx(frame, tmp_path / "frame.xlsx")
    assert not [*tmp_path.iterdir()]
