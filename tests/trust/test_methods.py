"""Every page of ours takes the methods it is for, and no other, before it looks at anything else.

A page made of a class has its methods by name, and no others.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import RequestFactory
from django.urls import URLPattern, get_resolver

METHODS = ("PUT", "PATCH", "DELETE")


def own_views(patterns: list[Any] | None = None) -> Iterator[Any]:
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if not isinstance(one, URLPattern):
            yield from own_views(one.url_patterns)
        elif one.callback.__module__.startswith("avenant") and not hasattr(
            one.callback, "view_class"
        ):
            yield pytest.param(one.callback, id=f"{one.name or one.pattern}")


@pytest.mark.promise("G16")
@pytest.mark.parametrize("view", list(own_views()))
@pytest.mark.parametrize("method", METHODS)
def test_it_takes_no_method_that_the_page_is_not_for(view: Any, method: str) -> None:
    answer = view(RequestFactory().generic(method, "/"))

    assert answer.status_code == 405
