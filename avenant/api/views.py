"""Decisions over HTTP: the input is the body, the rest are query parameters.

The answer is that of `avenant decide`. Nothing is stored or logged of what is asked, so anyone
may ask.
"""

import datetime as dt
from functools import cache
from itertools import groupby
from typing import Any

import msgspec
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from avenant_rules.errors import RuleError
from avenant_rules.packs import pack_names
from avenant_rules.program import answer_json, contract, error_json

LARGEST_INPUT = 256 * 1024  # bytes


@csrf_exempt  # no cookie is read and nothing is changed
@login_not_required
@require_POST
def decide(request: HttpRequest, name: str) -> HttpResponse:
    """Answer one decision; 422 with the same error body as `avenant decide`."""
    language = "en" if request.GET.get("language") == "en" else "fr"
    try:
        body = request.body
    except RawPostDataException:  # a form was sent and read as one: it is no JSON
        body = b""
    if len(body) > LARGEST_INPUT:
        return _json(_refusal(_("L'entrée dépasse 256 Kio.")), status=413)
    try:
        as_of = _day(request.GET.get("as_of", ""))
    except ValueError:
        return _json(
            _refusal(_("« as_of » est une date, par exemple 2026-03-16."), field="as_of"),
            status=422,
        )
    try:
        answer = answer_json(
            name,
            body,
            carrier=request.GET.get("carrier") or None,
            as_of=as_of,
            language=language,
            explain=request.GET.get("explain") or None,
        )
    except RuleError as error:
        return _json({"error": error_json(error, language)}, status=422)
    return _json(answer)


@login_not_required
@require_GET
def openapi(_request: HttpRequest) -> HttpResponse:
    """The OpenAPI description, made from the decisions' own schemas."""
    return _json(_description())


@login_not_required
@require_GET
def docs(request: HttpRequest) -> HttpResponse:
    """Every decision by family, with what it asks and gives."""
    decisions = contract()["decisions"]
    families = [
        (family, [(name, decisions[name]) for name in names])
        for family, names in groupby(sorted(decisions), key=lambda name: name.partition(".")[0])
    ]
    return render(request, "api/docs.html", {"families": families, "count": len(decisions)})


@cache
def _description() -> dict[str, Any]:
    parameters = [
        {"name": name, "in": "query", "required": False, "schema": schema}
        for name, schema in {
            "carrier": {"type": "string", "enum": pack_names()},
            "as_of": {"type": "string", "format": "date"},
            "language": {"type": "string", "enum": ["fr", "en"], "default": "fr"},
            "explain": {"type": "string", "enum": ["next"]},
        }.items()
    ]
    paths = {
        f"/api/v1/decisions/{name}": {
            "post": {
                "operationId": name.replace(".", "_"),
                "summary": one["title"],
                "tags": [name.partition(".")[0]],
                "parameters": parameters,
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": one["input"]}},
                },
                "responses": {
                    "200": _response("The answer", _answer_schema(one["output"])),
                    "413": _response("The input is too large", ERROR_SCHEMA),
                    "422": _response(
                        "The input does not fit, or the packs hold nothing for that carrier or day",
                        ERROR_SCHEMA,
                    ),
                    "429": _response("Too much was asked: Retry-After says when", ERROR_SCHEMA),
                },
            }
        }
        for name, one in contract()["decisions"].items()
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Avenant", "version": settings.AVENANT_VERSION},
        "paths": paths,
    }


ERROR_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "error": {
            "type": "object",
            "properties": {
                "code": {"type": "string"},
                "fields": {"type": "object", "additionalProperties": {"type": "string"}},
                "message": {"type": "string"},
            },
            "required": ["code", "message"],
        }
    },
    "required": ["error"],
}


def _answer_schema(outcome: dict[str, Any]) -> dict[str, Any]:
    reason = {
        "type": "object",
        "properties": {key: {"type": "string"} for key in ("rule", "source", "text")},
        "required": ["rule", "source"],
    }
    return {
        "type": "object",
        "properties": {
            "outcome": outcome,
            "unknown": {"type": "array", "items": {"type": "string"}},
            "because": {"type": "array", "items": reason},
        },
        "required": ["because"],
    }


def _response(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _refusal(message: str, *, field: str = "") -> dict[str, Any]:
    error: dict[str, Any] = {"code": "invalid_input", "message": message}
    if field:
        error["fields"] = {field: message}
    return {"error": error}


def _json(content: Any, *, status: int = 200) -> HttpResponse:
    return HttpResponse(
        msgspec.json.encode(content), content_type="application/json", status=status
    )
