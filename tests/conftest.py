"""What the tests share: the packaged catalogue, builders of small entities, and a small catalogue of them."""

from __future__ import annotations

import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings

import smartspec
from smartspec import (
    Alignment,
    Aspect,
    Catalogue,
    Citation,
    DatasetInfo,
    Entity,
    Indicator,
    Initiative,
    InitiativeKind,
    InnovationArea,
    InnovationPole,
    MatchRelation,
    Observation,
    Organisation,
    OrganisationKind,
    Participation,
    PriorityField,
    Region,
    RegionLevel,
    Source,
    StrategicObjective,
    Strategy,
    StrategyKind,
    Theme,
)

if TYPE_CHECKING:
    import rdflib

E = TypeVar("E", bound=Entity)

# `pytest --hypothesis-profile=long tests/test_fuzz.py tests/test_schema.py` looks for hours' worth of odd datasets.
_SHARED: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow], "print_blob": True}
settings.register_profile("short", max_examples=60, **_SHARED)
settings.register_profile("long", max_examples=20_000, **_SHARED)
settings.load_profile("short")


def _entity(cls: type[E], id: str, given: dict[str, Any], **required: Any) -> E:
    return cls(**{"id": id, "name": str(id).replace("-", " ").capitalize(), **required, **given})


class Make:
    """Entities with no more than they must have; keywords add attributes or replace them."""

    def source(self, id: str = "report", **given: Any) -> Source:
        return _entity(Source, id, given, publisher="A publisher", title="A title", language="en")

    def citation(self, **given: Any) -> Citation:
        return Citation(**{"source": self.source(), "passage": "a few words", **given})

    def region(self, id: str = "piedmont", **given: Any) -> Region:
        return _entity(Region, id, given, level=RegionLevel.REGION)

    def theme(self, id: str = "mobility", **given: Any) -> Theme:
        return _entity(Theme, id, given)

    def strategy(self, id: str = "s3", **given: Any) -> Strategy:
        return _entity(Strategy, id, given, region=self.region(), kind=StrategyKind.SMART_SPECIALISATION)

    def field(self, id: str = "production", **given: Any) -> PriorityField:
        return _entity(PriorityField, id, given, strategy=self.strategy(), designation="priority field")

    def area(self, id: str = "automotive", **given: Any) -> InnovationArea:
        return _entity(InnovationArea, id, given, strategy=self.strategy(), designation="innovation area")

    def objective(self, id: str = "training", **given: Any) -> StrategicObjective:
        return _entity(StrategicObjective, id, given, strategy=self.strategy(), designation="objective")

    def organisation(self, id: str = "park", **given: Any) -> Organisation:
        return _entity(Organisation, id, given, kind=OrganisationKind.SCIENCE_PARK)

    def initiative(self, id: str = "programme", **given: Any) -> Initiative:
        return _entity(Initiative, id, given, kind=InitiativeKind.PROGRAMME)

    def pole(self, id: str = "pole", **given: Any) -> InnovationPole:
        return _entity(InnovationPole, id, given, region=self.region())

    def indicator(self, id: str = "growth", **given: Any) -> Indicator:
        return _entity(Indicator, id, given, region=self.region(), value=-1.7, unit="% per year")

    def observation(self, id: str = "finding", **given: Any) -> Observation:
        return _entity(Observation, id, given, region=self.region(), aspect=Aspect.STRENGTH)

    def alignment(self, id: str = "correspondence", **given: Any) -> Alignment:
        areas = {"area": self.area("cars"), "match": self.area("vehicles")}
        return _entity(Alignment, id, given, **areas, relation=MatchRelation.EXACT)

    def catalogue(self, *entities: Entity) -> Catalogue:
        return Catalogue(DatasetInfo(name="Small"), entities)

    def all(self) -> list[Entity]:
        """One entity of each class."""
        return [
            self.source(),
            self.region(),
            self.theme(),
            self.strategy(),
            self.field(),
            self.area(),
            self.objective(),
            self.organisation(),
            self.initiative(),
            self.pole(),
            self.indicator(),
            self.observation(),
            self.alignment(),
        ]


@pytest.fixture(scope="session")
def s3() -> Catalogue:
    """The packaged catalogue."""
    return smartspec.load()


@pytest.fixture(scope="session")
def eu() -> Catalogue:
    """The packaged catalogue of Europe."""
    return smartspec.load_europe()


@pytest.fixture(scope="session")
def europe_graph(eu: Catalogue) -> rdflib.Graph:
    """Europe as linked data, which takes seconds to be made."""
    return smartspec.export.to_rdf(eu)


@pytest.fixture(scope="session")
def make() -> Make:
    """The builders of small entities."""
    return Make()


@pytest.fixture(scope="session")
def small(make: Make) -> Catalogue:
    """A country with a region, two towns, two strategies in succession, and what hangs on them."""
    report = make.source("report", published="2006")
    italy = make.region("italy", level=RegionLevel.COUNTRY, nuts="IT")
    piedmont = make.region(
        "piedmont", parent=italy, nuts="ITC1", iso_3166_2="IT-21", local_name="Piemonte", area_km2=25400.0
    )
    torino = make.region("torino", level=RegionLevel.MUNICIPALITY, parent=piedmont, aliases=("Turin", "The City"))
    cuneo = make.region("cuneo", level=RegionLevel.MUNICIPALITY, parent=piedmont)
    plan = make.strategy("plan", region=torino, kind=StrategyKind.STRATEGIC_PLAN, start="2006")
    s3 = make.strategy("s3", region=piedmont, predecessor=plan, start="2014", end="2020")
    production = make.field("production", strategy=s3)
    mobility = make.theme("mobility")
    cars = make.area("cars", strategy=plan, designation="sector", nace=("C29",), themes=(mobility,))
    automotive = make.area("automotive", strategy=s3, priority_field=production, activities=("buses", "vans"))
    health = make.area("health", strategy=s3)
    training = make.objective("training", strategy=plan, number=3, areas=(cars,))
    park = make.organisation("park", region=torino)
    firm = make.organisation("firm", kind=OrganisationKind.COMPANY, areas=(automotive,))
    programme = make.initiative("programme", strategy=s3, participants=(Participation(organisation=park),))
    pole = make.pole(
        "pole",
        region=piedmont,
        territories=(torino, cuneo),
        programme=programme,
        areas=(automotive,),
        seat=park,
        managers=(firm, park),
        citations=(make.citation(source=report), make.citation(source=report, supports=("seat",))),
    )
    lonely = make.pole("lonely", region=cuneo)
    growth = make.indicator("growth", region=piedmont, area=automotive, start="2008", end="2012")
    finding = make.observation("finding", region=torino, area=cars, aspect=Aspect.WEAKNESS)
    correspondence = make.alignment("correspondence", area=cars, match=automotive, relation=MatchRelation.CLOSE)
    places: list[Entity] = [report, italy, piedmont, torino, cuneo]
    plans: list[Entity] = [mobility, plan, s3, production, cars, automotive, health, training]
    rest: list[Entity] = [park, firm, programme, pole, lonely, growth, finding, correspondence]
    return make.catalogue(*places, *plans, *rest)


@pytest.fixture
def home(tmp_path: pathlib.Path) -> dict[str, str]:
    """An environment in which ``smartspec`` is the command that is tested, and no shell reads files of the user."""
    command = tmp_path / "bin" / "smartspec"
    command.parent.mkdir()
    code = "import sys; sys.argv[0] = 'smartspec'; from smartspec.__main__ import run; sys.exit(run())"
    source = shlex.quote(str(pathlib.Path(smartspec.__file__).parents[1]))
    lines = ["#!/bin/sh", f'PYTHONPATH={source} exec {sys.executable} -c "{code}" "$@"', ""]
    command.write_text("\n".join(lines), encoding="utf-8")
    command.chmod(0o755)
    path = os.pathsep.join([str(command.parent), os.environ["PATH"]])
    return {"PATH": path, "HOME": str(tmp_path), "ZDOTDIR": str(tmp_path), "TERM": "screen", "LC_ALL": "C.UTF-8"}


class Screen:
    """A terminal of tmux as a person has it: keys are pressed, and what stands on the screen is read."""

    def __init__(self, tmux: str, socket: str) -> None:
        self._tmux = [tmux, "-S", socket, "-f", "/dev/null"]

    def start(self, command: Sequence[str], environment: Mapping[str, str], size: tuple[int, int], cwd: object) -> None:
        width, height = map(str, size)
        settings = shlex.join(["env", "-i", *(f"{name}={value}" for name, value in environment.items()), *command])
        self._run("new-session", "-d", "-x", width, "-y", height, "-c", str(cwd), settings)

    def type(self, text: str) -> None:
        self._run("send-keys", "-l", text)

    def press(self, key: str) -> None:
        self._run("send-keys", key)

    def text(self, *options: str) -> str:
        """What stands on the screen: "-e" keeps the escapes that dress it, "-J" joins what the terminal has broken."""
        return self._run("capture-pane", "-p", *options)

    def until(self, pattern: str, seconds: float = 60) -> str:
        """The screen as soon as a pattern of lines is found on it; a busy machine may take its time."""
        deadline = time.monotonic() + seconds
        while not re.search(pattern, shown := self.text(), re.M):
            assert time.monotonic() < deadline, f"no {pattern!r} on the screen:\n{shown}"
            time.sleep(0.05)
        return shown

    def close(self) -> None:
        subprocess.run([*self._tmux, "kill-server"], capture_output=True)

    def _run(self, *words: str) -> str:
        done = subprocess.run([*self._tmux, *words], capture_output=True, text=True, encoding="utf-8")
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def screen() -> Iterator[Screen]:
    """A terminal, of a server of its own; tests of it are skipped where tmux is missing."""
    tmux = shutil.which("tmux")
    if tmux is None:
        pytest.skip("tmux is not installed")
    with tempfile.TemporaryDirectory(prefix="smartspec-") as beside:  # The path of a socket must be short.
        made = Screen(tmux, f"{beside}/tmux")
        yield made
        made.close()
