"""The application: the addresses of the API and of the page, and what is answered at each."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Callable, Iterator
from functools import lru_cache
from threading import Lock
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Query, Request, Response
from importlib_resources import files

from ..catalogue.catalogue import Catalogue
from ..catalogue.collection import Collection
from ..catalogue.partners import Partner, Ranking
from ..catalogue.relations import references
from ..catalogue.search import Matches
from ..domain import COLLECTIONS, collection_name
from ..domain.entity import Entity
from ..domain.strategy import InnovationArea
from ..domain.table import as_dict, plain
from ..errors import InvalidValueError, UnknownEntityError
from ..text import clean, close, did_you_mean, shown
from . import models
from .answers import answer, in_csv, in_json, included, tag
from .failures import FAILURES, HANDLERS, ROOT, taken_by
from .guard import Guard

_MATCHERS, _RANKINGS = 16, 1_000


class _Questions:
    """What can be asked of a catalogue, beside its collections: a method for each address."""

    def __init__(self, catalogue: Catalogue, version: str) -> None:
        self._catalogue, self._version = catalogue, version
        self._lock = Lock()
        # The same questions come again and again, and these take longest.
        self.areas_of = lru_cache(_MATCHERS)(self._areas_of)
        self._partners = lru_cache(_RANKINGS)(catalogue.partners)
        self._counterparts = lru_cache(_RANKINGS)(catalogue.counterparts)

    def overview(self, asked: Annotated[models.Asked, Query()]) -> Response:
        """What is served: the datasets, and how much each collection holds."""
        counts = {name: len(collection) for name, collection in self._catalogue.collections.items()}
        datasets = [as_dict(info) for info in self._catalogue.datasets]
        told = {"datasets": datasets, "year": self._catalogue.year, "collections": counts}
        return in_json({"smartspec": self._version, **told})

    def lookup(self, asked: Annotated[models.AskedName, Query()]) -> Response:
        """The one entity that bears a name or a code, with its links; it never guesses. An id is no name."""
        within = self._within(asked.collection)
        try:
            entity = within.lookup(asked.name)
        except UnknownEntityError as error:
            if not error.near:
                error.near = tuple(dict.fromkeys(match.entity.name for match in self._found(within, asked.name, 3)))
            raise
        return self.card(entity, models.AskedPage(language=asked.language))

    def search(self, asked: Annotated[models.AskedSearch, Query()]) -> Response:
        """What a text speaks of, best first; as somebody types, the suggestions."""
        return answer(self._found(self._within(asked.collection), asked.q, asked.limit), asked, "search")

    def partners(self, region: models.Short, asked: Annotated[models.AskedPartners, Query()]) -> Response:
        """The regions that have most in common with a region, and the pairs of areas that say so."""
        regions = self._catalogue.regions
        most = asked.limit if asked.theme is None else len(regions)
        found = self._partners(regions[region], most, asked.year)
        if asked.theme is not None:
            theme = self._catalogue.themes[asked.theme]
            kept = [partner for partner in found if theme in partner.themes]
            nothing = found.nothing if kept or not found else f"No region shares {clean(theme.name)} with it"
            about = f"{found.about}: those that share {clean(theme.name)}"
            found = Ranking(kept[: asked.limit], Partner, about, nothing)
        return answer(found, asked, f"partners-of-{region}", about=found.about, nothing=found.nothing)

    def counterparts(self, area: models.Short, asked: Annotated[models.AskedRanking, Query()]) -> Response:
        """The areas of other regions that come closest to an area."""
        found = self._counterparts(self._catalogue.innovation_areas[area], asked.limit, asked.year)
        name = f"counterparts-of-{area}"
        return answer(found, asked, name, about=found.about, nothing=found.nothing)

    def compare(self, asked: Annotated[models.AskedComparison, Query()]) -> Response:
        """Two strategies side by side: the areas that correspond, and those that only one has."""
        strategies = self._catalogue.strategies
        found = self._catalogue.compare(strategies[asked.first], strategies[asked.second])
        told = {
            "first": asked.first,
            "second": asked.second,
            "aligned": found.aligned,
            "shared_nace": [*found.shared_nace],
        }
        return answer(found, asked, f"{asked.first}-and-{asked.second}", **told)

    def match(self, text: models.Text, asked: Annotated[models.AskedTable, Query()]) -> Response:
        """To which areas of a strategy a text belongs, and the words that say so.

        `start` and `stop` count characters of Unicode, as Python does: in JavaScript `[...text].slice(start, stop)`.
        """
        areas = self.areas_of(text.strategy)
        try:
            found = areas.match(text.text, text.nace)
        except UnknownEntityError as error:  # A code: no address tells of one that is none.
            hint = "; ".join(filter(None, (error.advice, did_you_mean(error.near))))
            raise InvalidValueError("nace", f"{error.collection} has no {shown(error.asked)}", hint) from None
        if asked.format == "csv":
            plan = self._catalogue.strategies[text.strategy].label(asked.language)
            told = {"verdict": found.verdict.value, "strategy": text.strategy, "strategy_name": plan}
            return in_csv(found, asked.language, "placement", told, digits=2)
        told = {name: plain(getattr(found, name)) for name in models.TOLD}
        return answer(found, asked, "placement", **told)

    def health(self) -> Response:
        """Whether the server answers."""
        return in_json({"status": "ok"})

    def page_of(self, name: str) -> Callable[..., Response]:
        """What answers with a page of a collection, filtered by its fields."""
        collection = self._catalogue.collections[name]
        cls = COLLECTIONS[name]
        known = models.filters(cls)

        def listed(asked: Any) -> Response:
            given = asked.model_dump(exclude_none=True)
            found = collection.of(self._meant(given["of"])) if "of" in given else collection
            found = found.where(**{fact.name: given[key] for key, fact in known.items() if key in given})
            if "in_force" in given:
                found = found.at(given["in_force"])
            if "classified" in given:
                found = found.classified(given["classified"])
            shown = found[asked.offset : asked.offset + asked.limit]
            told = {"total": len(found), "limit": asked.limit, "offset": asked.offset}
            return answer(shown, asked, name.replace("_", "-"), **told)

        listed.__annotations__["asked"] = Annotated[models.asked_of(cls, collection), Query()]
        listed.__doc__ = f"The {name.replace('_', ' ')}, filtered by their fields, a page at a time."
        return listed

    def card_of(self, name: str) -> Callable[..., Response]:
        """What answers with an entity of a collection."""
        collection = self._catalogue.collections[name]

        def shown(id: models.Short, asked: Annotated[models.AskedPage, Query()]) -> Response:
            return self.card(collection[id], asked)

        shown.__doc__ = f"One of the {name.replace('_', ' ')} by its id, with its links and its sources."
        return shown

    def card(self, entity: Entity, asked: models.AskedPage) -> Response:
        """An entity, a page of its links, and what it mentions."""
        links = self._catalogue.links(entity)
        collection = collection_name(type(entity))
        part = type(links)(links[asked.offset : asked.offset + asked.limit])
        if asked.format == "csv":
            return answer(part, asked, f"links-of-{entity.id}")
        mentioned = [target for _, target in references(entity)]
        return in_json(
            {
                "collection": collection,
                "record": as_dict(entity) | {"name": entity.label(asked.language)},
                "dataset": as_dict(self._catalogue.dataset_of(entity)),
                "links": part.to_dicts(asked.language),
                "total": len(links),
                "limit": asked.limit,
                "offset": asked.offset,
                "included": included(mentioned, asked.language),
            }
        )

    def _within(self, collection: Any) -> Any:
        return self._catalogue if collection is None else self._catalogue.collections[collection.value]

    def _found(self, within: Any, text: str, limit: int) -> Matches[Any]:
        with self._lock:  # The first one builds the index, and no other need do so beside.
            found: Matches[Any] = within.search(text, limit)
        return found

    def _meant(self, address: str) -> Entity:
        """The entity that an address such as "regions/piedmont" names."""
        name, _, id = address.partition("/")
        if name not in self._catalogue.collections:
            advice = "write a collection and an id, as in regions/piedmont"
            raise UnknownEntityError("the catalogue", name, close(name, self._catalogue.collections), advice)
        found: Entity = self._catalogue.collections[name][id]
        return found

    def _areas_of(self, strategy: str) -> Collection[InnovationArea]:
        """The areas of a strategy; the collection keeps what places texts in them."""
        areas = self._catalogue.innovation_areas.where(strategy=strategy)
        if not areas:
            raise InvalidValueError("strategy", f"no areas of {shown(strategy)} are recorded", "take another one")
        return areas


def application(catalogue: Catalogue, version: str) -> FastAPI:
    """The application that answers for a catalogue."""
    questions, page = _Questions(catalogue, version), _page()
    app = FastAPI(
        title="smartspec",
        version=version,
        summary="Regional innovation strategies: who bets on what, and which document says so.",
        description="\n\n".join(f"{info.name} {info.version} ({info.licence})" for info in catalogue.datasets),
        docs_url=None,  # They would ask another host for their scripts.
        redoc_url=None,
        redirect_slashes=False,  # To where the reader's own header says that this is.
    )
    for path, name, endpoint, model in _routes(questions):
        told: dict[int | str, dict[str, Any]] = {200: {"model": model}}
        if "format" in taken_by(endpoint).get("query", ()):
            # JSON first: there are generators of clients that take the first.
            told[200]["content"] = {"application/json": {}, "text/csv": {"schema": {"type": "string"}}}
        app.add_api_route(
            path,
            endpoint,
            methods=["POST" if path == f"{ROOT}/match" else "GET"],
            operation_id=name,
            summary=name.replace("_", " ").capitalize(),
            tags=[path.split("/")[3] if name.startswith(("list_", "get_")) else "questions"],
            dependencies=[Depends(_each_once)],
            response_model=None,
            response_class=Response,
            responses=told | FAILURES if path.startswith(ROOT) else told,
        )
    for address, (media_type, content) in page.items():
        app.add_route(address, _file(media_type, content), include_in_schema=False)
    for error, handler in HANDLERS.items():
        app.add_exception_handler(error, handler)
    seen = hashlib.sha256(b"".join(content for _, content in page.values())).hexdigest()
    app.add_middleware(Guard, tag=tag(catalogue, version, seen))
    return app


def _routes(questions: _Questions) -> Iterator[tuple[str, str, Callable[..., Response], Any]]:
    """Path, name, endpoint and answer of each operation."""
    yield ROOT, "overview", questions.overview, models.Overview
    yield f"{ROOT}/lookup", "lookup", questions.lookup, models.EntityCard
    yield f"{ROOT}/search", "search", questions.search, models.FOUND
    yield f"{ROOT}/partners/{{region}}", "partners", questions.partners, models.PARTNERS
    yield f"{ROOT}/counterparts/{{area}}", "counterparts", questions.counterparts, models.COUNTERPARTS
    yield f"{ROOT}/compare", "compare", questions.compare, models.COMPARED
    yield f"{ROOT}/match", "match", questions.match, models.PLACED
    for name, cls in COLLECTIONS.items():
        yield f"{ROOT}/{name}", f"list_{name}", questions.page_of(name), models.page(cls)
        yield f"{ROOT}/{name}/{{id}}", f"get_{name}", questions.card_of(name), models.card(cls)
    yield "/healthz", "health", questions.health, models.Health


def _page() -> dict[str, tuple[str, bytes]]:
    """The files of the page with their types, by their addresses; its start stands at the root."""
    found = {}
    for file in sorted(files(__package__).joinpath("page").iterdir(), key=lambda file: file.name):
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        found["/" if file.name == "index.html" else f"/page/{file.name}"] = kind, file.read_bytes()
    return found


def _file(media_type: str, content: bytes) -> Callable[[Request], Response]:
    return lambda _: Response(content, media_type=media_type)


async def _each_once(request: Request) -> None:
    """No parameter is given twice: which of the two is meant, nobody can tell."""
    names = [name for name, _ in request.query_params.multi_items()]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise InvalidValueError(twice, f"{shown(twice)} is given twice", "give one value")
