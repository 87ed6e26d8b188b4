"""The few pages of allauth that are not as we need them."""

from typing import Any

from allauth.account.views import PasswordChangeView
from allauth.mfa.base.views import AuthenticateView
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect


class SecondFactorView(AuthenticateView):
    """A code and nothing else: without one allauth would look for a security key."""

    def _build_forms(self) -> Any:
        data = self.request.POST if self.request.method == "POST" else None
        self.webauthn_form = None
        self.auth_form = self.get_form_class()(user=self.stage.login.user, data=data)
        return self.auth_form


class NewPasswordView(PasswordChangeView):
    """Whoever has no password yet gets the link for the first one by mail."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.has_usable_password():
            return redirect("account_reset_password")
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer
