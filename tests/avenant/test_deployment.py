"""What an installation for the public must not be, said by `avenant check --deploy`."""

from pathlib import Path

import pytest
from django.core.checks import Error

from avenant.deployment import SECRETS, check_deployment

pytestmark = pytest.mark.promise("G16")

GOOD = {
    "AVENANT_DEMO": False,
    "PUBLIC_URL": "https://avenant.example.org",
    "ALLOWED_HOSTS": ["avenant.example.org"],
    "CSRF_TRUSTED_ORIGINS": ["https://avenant.example.org"],
    "SECURE": True,
    "AVENANT_PROXY_COUNT": 1,
    "AVENANT_MAIL_PROVIDER": "email",
    "MAILERS": {"default": {"OPTIONS": {"host": "smtp.example.org", "use_tls": True}}},
    "DEFAULT_FROM_EMAIL": "ne-pas-repondre@avenant.example.org",
    "AVENANT_STAFF_MFA": True,
}
IN_CLEAR = {"default": {"OPTIONS": {"host": "smtp.example.org", "use_tls": False}}}


@pytest.fixture(autouse=True)
def good(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in GOOD.items():
        setattr(settings, name, value)
    for name in SECRETS:
        monkeypatch.setenv(name, "a-secret-of-our-own-of-more-than-32-characters")
    monkeypatch.delenv("AVENANT_CRASH_AT", raising=False)


def codes() -> list[str]:
    return [str(found.id) for found in check_deployment() if isinstance(found, Error)]


def test_it_has_nothing_against_a_sound_installation() -> None:
    assert codes() == []


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("AVENANT_DEMO", True, "E001"),
        ("PUBLIC_URL", "http://avenant.example.org", "E010"),
        ("PUBLIC_URL", "https://elsewhere.example.org", "E011"),
        ("ALLOWED_HOSTS", ["avenant.example.org", "*"], "E012"),
        ("ALLOWED_HOSTS", ["avenant.example.org", ".example.org"], "E012"),
        ("SECURE", False, "E013"),
        ("AVENANT_PROXY_COUNT", 0, "E014"),
        ("CSRF_TRUSTED_ORIGINS", ["http://avenant.example.org"], "E015"),
        ("AVENANT_MAIL_PROVIDER", "outbox", "E030"),
        ("MAILERS", IN_CLEAR, "E031"),
        ("DEFAULT_FROM_EMAIL", "ne-pas-repondre@avenant.test", "E032"),
        ("AVENANT_STAFF_MFA", False, "E040"),
    ],
)
def test_it_refuses_what_is_unfit_for_the_public_and_says_what_to_do(
    settings: object, name: str, value: object, code: str
) -> None:
    setattr(settings, name, value)

    found = [one for one in check_deployment() if isinstance(one, Error)]

    assert [one.id for one in found] == [f"avenant.{code}"]
    assert found[0].hint


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        *[(name, "", "E020") for name in SECRETS],
        *[(name, "too-short", "E021") for name in SECRETS],
        ("AVENANT_CRASH_AT", "before_seal", "E002"),
    ],
)
def test_it_refuses_what_the_environment_lacks_or_should_not_have(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, code: str
) -> None:
    monkeypatch.setenv(name, value)

    assert codes() == [f"avenant.{code}"]


def test_it_refuses_the_secrets_that_our_example_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    example = Path(__file__).parents[2] / "deploy" / "production.env.example"
    shown = dict(
        line.split("=", 1)
        for line in example.read_text().splitlines()
        if line.startswith("AVENANT_")
    )
    for name in SECRETS:
        monkeypatch.setenv(name, shown[name])

    assert codes() == ["avenant.E021"] * len(SECRETS)
