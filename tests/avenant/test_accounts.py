"""Who gets in: the password policy, the second factor, deny by default."""

from uuid import uuid4

import pytest
from django.urls import reverse

from avenant.accounts.passwords import unmet
from tests.support.cast import Cast, browser_of


@pytest.mark.rule("4/AUT-04")
@pytest.mark.parametrize(
    ("password", "count"),
    [
        ("Smatis2023!", 1),  # eleven characters with all four classes
        ("Smatis-2023!", 0),
        ("smatis-2023!", 1),
        ("SMATIS-2023!", 1),
        ("Smatis-deux!", 1),
        ("Smatis2023xx", 1),
        ("Éléonore-2023", 0),
        (" Smatis-2023!", 1),
        ("A" * 126 + "a1!", 1),
    ],
)
def test_it_names_each_rule_a_password_does_not_meet(password: str, count: int) -> None:
    assert len(unmet(password)) == count


@pytest.mark.promise("G16")
def test_it_sends_staff_to_set_up_a_second_factor_where_one_is_asked(
    cast: Cast, settings: pytest.FixtureRequest
) -> None:
    settings.AVENANT_STAFF_MFA = True  # type: ignore[attr-defined]

    response = browser_of(cast.advisor).get(reverse("drafts"))
    public = browser_of(cast.advisor).get(reverse("verify"))

    assert response.status_code == 302
    assert response["Location"] == reverse("mfa_activate_totp")
    assert public.status_code == 200


@pytest.mark.promise("G16")
@pytest.mark.parametrize("name", ["account_change_password", "mfa_index", "home", "application"])
def test_it_opens_nothing_else_before_the_second_factor_is_set_up(
    cast: Cast, settings: pytest.FixtureRequest, name: str
) -> None:
    settings.AVENANT_STAFF_MFA = True  # type: ignore[attr-defined]
    kwargs = {"pk": uuid4()} if name == "application" else {}

    for method in ("get", "post"):
        response = getattr(browser_of(cast.advisor), method)(reverse(name, kwargs=kwargs))

        assert response["Location"] == reverse("mfa_activate_totp")
