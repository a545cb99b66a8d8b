"""Failures: why there is no answer, in the words of the catalogue's errors, for a reader and for a program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, get_args, get_type_hints

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from ..catalogue.naming import distinctions
from ..domain import collection_name
from ..domain.table import as_dict
from ..errors import AmbiguousNameError, InvalidValueError, Problem, UnknownEntityError
from ..text import clean, close, did_you_mean, shown
from . import models
from .answers import in_json

ROOT = "/api/v1"
_MOST_TOLD = 100
_AN_OBJECT = "send an object in JSON, with Content-Type: application/json"

FAILURES: dict[int | str, dict[str, Any]] = {
    404: {"model": models.NotFound},
    409: {"model": models.Ambiguous},
    413: {"model": models.Refused},
    422: {"model": models.Refused},
}


def taken_by(endpoint: Callable[..., Any]) -> dict[str, list[str]]:
    """The names that an endpoint takes, in the query and in the body."""
    found: dict[str, list[str]] = {}
    for hint in get_type_hints(endpoint, include_extras=True).values():
        (model, *_), file = (get_args(hint), "query") if get_args(hint) else ((hint,), "body")
        if hasattr(model, "model_fields"):
            found[file] = [*model.model_fields]
    return found


def _unknown(_: Request, error: Any) -> Response:
    return in_json({"detail": str(error), "suggestions": [*error.near]}, 404)


def _ambiguous(_: Request, error: Any) -> Response:
    found = zip(error.candidates, distinctions(error.candidates))
    bearers = [
        {"collection": collection_name(type(entity)), "id": entity.id, "name": entity.name, "difference": difference}
        for entity, difference in found
    ]
    return in_json({"detail": str(error), "candidates": bearers[:_MOST_TOLD]}, 409)


def _wrong(request: Request, error: Any) -> Response:
    """What the catalogue refuses: only what is asked in a body stands there."""
    taken = taken_by(request.scope["route"].endpoint)
    file = next((file for file, names in taken.items() if error.where in names), "query")
    pointer = f"/{clean(error.where)}" if error.where in taken.get(file, ()) else ""
    return _refused([Problem(file, pointer, error.message, error.hint)])


def _not_as_declared(request: Request, error: Any) -> Response:
    """What pydantic refuses; what is too long for us has its own status."""
    taken = taken_by(request.scope["route"].endpoint)
    problems, status = [], 422
    for flaw in error.errors()[:_MOST_TOLD]:
        file, *place = (clean(str(step)) for step in flaw["loc"])
        message, hint = clean(flaw["msg"], 300), ""
        if flaw["type"] == "json_invalid":
            place, message = [], f"it is no JSON: {clean(str(flaw['ctx']['error']))} at character {flaw['loc'][-1]}"
            hint = _AN_OBJECT
        elif flaw["type"] == "extra_forbidden":
            message = f"there is no {shown(place[-1])}"
            hint = did_you_mean(close(place[-1], taken[file])) or f"one of {', '.join(taken[file])}"
        elif (file, place) == ("body", []):
            message, hint = "it is not sent as an object in JSON", _AN_OBJECT
        elif flaw["type"] in ("string_too_long", "too_long"):
            status = 413
        problems.append(Problem(file, "".join(f"/{step}" for step in place), message, hint))
    return _refused(problems, status)


def _refused(problems: list[Problem], status: int = 422) -> Response:
    told = "\n".join(map(_line, problems[:3]))
    return in_json({"detail": told, "problems": [as_dict(problem) for problem in problems]}, status)


def _line(problem: Problem) -> str:
    place = f"{problem.pointer[1:]}: " if problem.pointer else ""
    return f"{place}{problem.message}" + (f" ({problem.hint})" if problem.hint else "")


def _of_http(request: Request, error: Any) -> Response:
    """What FastAPI itself refuses: an address that is none, a method, a body that is no JSON."""
    if error.status_code == 404:
        near = [*_addresses(request)]
        told = {"detail": f"there is nothing at this address{did_you_mean(near, '; ')}", "suggestions": near}
        return in_json(told, 404)
    headers = error.headers or {}
    problem = Problem("request", "", error.detail)
    if error.status_code == 400:
        return _refused([Problem("body", "", "it is no JSON", f"{_AN_OBJECT}, as UTF-8")])
    if error.status_code == 405:
        problem = Problem("request", "", "the address does not take this method", f"use {headers.get('Allow')}")
    answered = _refused([problem], error.status_code)
    answered.headers.update(headers)
    return answered


def _addresses(request: Request) -> Iterator[str]:
    """The addresses that come near to one at which there is nothing, with what else stands in it."""
    mounted = request.scope.get("root_path", "")
    path = request.url.path.removeprefix(mounted)
    if path.rstrip("/") == ROOT:
        yield mounted + ROOT
    head, *rest = path.removeprefix(ROOT).strip("/").split("/")
    known: dict[str, list[list[str]]] = {}
    for route in request.app.routes:
        if getattr(route, "path", "").startswith(f"{ROOT}/"):
            name, *steps = route.path.removeprefix(f"{ROOT}/").split("/")
            known.setdefault(name, []).append(steps)
    for name in close(head, known):
        steps = min(known[name], key=lambda steps: abs(len(steps) - len(rest)))
        given = [clean(step, 100) for step in rest[: len(steps)]]
        yield "/".join([mounted + ROOT, name, *given, *steps[len(given) :]])


HANDLERS: dict[Any, Callable[[Request, Any], Response]] = {
    UnknownEntityError: _unknown,
    AmbiguousNameError: _ambiguous,
    InvalidValueError: _wrong,
    RequestValidationError: _not_as_declared,
    HTTPException: _of_http,
}
