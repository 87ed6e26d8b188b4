"""Who gets in: the password policy, the second factor, deny by default."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from avenant.accounts.passwords import POLICY_OF, unmet
from avenant_rules import packs
from avenant_rules.decision import decide
from tests.support.cast import Cast, browser_of

ASKS_THE_POLICY = """
import django
django.setup()
from avenant.accounts.passwords import PolicyValidator, unmet
print(*unmet("Smatis-2023!"), PolicyValidator().get_help_text())
"""


@pytest.mark.rule("4/AUT-04")
@pytest.mark.django_db
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
        ("Abcdefghij1e\u0301", 1),  # an accent is no special character
        ("A" * 200 + "a1!", 0),
        ("A" * 1_000 + "a1!", 1),
    ],
)
def test_it_names_each_rule_a_password_does_not_meet(password: str, count: int) -> None:
    assert len(unmet(password)) == count


@pytest.mark.rule("4/AUT-04")
@pytest.mark.django_db
@given(st.text(max_size=30) | st.from_regex(r"[A-Za-z0-9 !é\u0301-]{10,16}", fullmatch=True))
def test_it_accepts_the_passwords_that_the_decision_accepts(password: str) -> None:
    said = decide("account.password_policy", {"password": password}, carrier=POLICY_OF)

    assert (unmet(password) == []) == said.outcome.is_valid


@pytest.mark.rule("4/AUT-04")
def test_it_takes_the_figures_of_the_policy_from_the_table(tmp_path: Path) -> None:
    """Changing the table of the pack changes the site, its help included."""
    shutil.copytree(packs.CARRIERS, tmp_path / "carriers")
    table = tmp_path / "carriers" / "smatis" / "tables" / "password_policy.toml"
    table.write_text(re.sub(r'"characters_from", +12', '"characters_from", 20', table.read_text()))

    done = subprocess.run(
        [sys.executable, "-c", ASKS_THE_POLICY],
        capture_output=True, text=True, check=True,
        # Without the demo no day is moved, so that no database is asked, which a new machine has not.
        env=os.environ | {"AVENANT_CARRIERS": str(tmp_path / "carriers"), "AVENANT_DEMO": "0"},
    )  # fmt: skip

    assert done.stdout.count("Le mot de passe doit avoir au moins 20 caractères.") == 2


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
