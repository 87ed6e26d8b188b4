"""Who may open which pages: a missing right is 403, a foreign object is 404."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase

from avenant.accounts.models import User
from avenant.http import PageRequest


class SignedInRequest(PageRequest):
    """A request that passed the sign-in: what the views of the office are given."""

    user: User


type View[**P] = Callable[Concatenate[SignedInRequest, P], HttpResponseBase]


def role_required[**P](*roles: str) -> Callable[[View[P]], View[P]]:
    """Open the view to these roles alone (signed-in is already required everywhere)."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(
            request: SignedInRequest, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            if getattr(request.user, "role", None) not in roles:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate
