"""The manual is run: from no account to a signed, backed-up, restored and verified application."""

import email
import email.policy
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse

from tests.manual.installation import PASSWORD, SKIPPED, Installation, installation
from tests.manual.pages import ROOT, Line, printed
from tests.manual.people import Person, mail_server
from tests.support.patience import patient
from tests.support.programs import free_port, wait_until

pytestmark = [pytest.mark.promise("G9"), pytest.mark.timeout(600)]
ADVISOR = "nora@cabinet.example.org"
# Drives the rest of the way through the actions that people's clicks call; the worker seals.
STORY = """
import time
from avenant.accounts.models import User
from avenant.demo.dossiers import ApplicationStory
from avenant.documents.models import SealedDocument

def wait(document, states):
    while SealedDocument.objects.get(pk=document.pk).state not in states:
        time.sleep(0.1)

story = ApplicationStory(User.objects.get(email={email!r})).until_signed()
wait(story.create_pdf(), ("sealed", "deposited"))
wait(story.submit(), ("deposited",))
story.close()
print("number", story.application.pk, story.application.number)
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installation(tmp_path_factory.mktemp("manual")) as made:
        yield made


def lines(word: str, page: str = "docs/operate.md", language: str = "sh") -> list[Line]:
    """The printed lines that begin with a word; there has to be one."""
    found = [one for one in printed(page) if one.language == language and one.text.startswith(word)]
    assert found, f"{page} prints no line that begins with {word!r}"
    return found


def test_it_leads_from_no_account_to_a_restored_and_verified_application(
    place: Installation,
) -> None:
    with mail_server() as (mail_port, mails):
        install(place, mail_port)
        with place.services():
            be_ready(place)
            admin = Person(place.port, "admin@avenant.example.org", PASSWORD)
            assert "Personnes" in admin.sign_in().text
            advisor = enrol(place, admin, mails)
            pdf, number = walk(place, advisor)
            for line in [*lines("avenant backup"), *lines("avenant drill")]:
                place.must(line)
        restore(place)
        with place.services():
            be_ready(place)
            again = advisor.browser.get(pdf)  # the session was in the backup too
            assert again.content.startswith(b"%PDF")
            (place.place / "copy.pdf").write_bytes(again.content)
            assert "authenti" in place.must("avenant verify copy.pdf").lower()
            assert number in advisor.browser.get(reverse("submitted_applications")).text
            for person in (admin, advisor):
                person.browser.close()


def install(place: Installation, mail_port: int) -> None:
    for line in lines("CREATE", language="sql"):
        place.must_sql(line)
    for line in [*lines("install"), *lines("ln -sf")]:
        place.must(line)
    place.move_in()
    refused = place.run("avenant check --deploy")
    assert "E021" in refused.stdout + refused.stderr, "the example's secrets are taken"
    place.fill_in(mail_port)
    for line in [*lines("avenant upgrade")[:1], *lines("avenant check")]:
        said = place.must(line)
        assert f"Settings: {place.settings}" in said
    place.must(lines("avenant createadmin")[0], says=f"{PASSWORD}\n")
    for line in lines("cp "):
        place.must(line)


def be_ready(place: Installation) -> None:
    (probe,) = lines("curl")

    def answer() -> str:
        done = place.run(probe.text.replace("--fail ", ""))
        return f"{done.stdout}{done.stderr}\n{place.words()}"

    wait_until(lambda: place.run(probe.text).returncode == 0, seconds=60, words=answer)


def enrol(place: Installation, admin: Person, mails: list[str]) -> Person:
    answer = admin.send(
        reverse("enrol_person"), email=ADVISOR, name="Nora Nouvelle", role="advisor",
        carrier="croix_bleue", language="fr", firm="Cabinet Neuf", agency="Agence Neuve",
        agency_email="agence@example.org", distributor_code="CB-7",
    )  # fmt: skip
    assert answer.status_code == 200, answer.text
    wait_until(lambda: bool(links_in(mails)), seconds=30, words=place.words)
    (link,) = links_in(mails)
    advisor = Person(place.port, ADVISOR, PASSWORD)
    advisor.send(link, password1=PASSWORD, password2=PASSWORD)
    assert "Lancer une session vide" in advisor.sign_in().text
    return advisor


def links_in(mails: list[str]) -> list[str]:
    """The invitations among the messages, as a mail program reads them."""
    read = [email.message_from_string(one, policy=email.policy.default) for one in list(mails)]
    return [
        link for one in read for link in re.findall(r"/invitation/[\w-]+/", str(one.get_content()))
    ]


def walk(place: Installation, advisor: Person) -> tuple[str, str]:
    """The address of the submitted PDF, and its number."""
    script = place.place / "story.py"
    script.write_text(STORY.format(email=ADVISOR))
    said = place.must("avenant shell --verbosity 0 < story.py")
    found = re.search(r"number (\S+) (\S+)", said)
    assert found, said
    pk, number = found.groups()
    pdf = reverse("document", kwargs={"pk": pk, "number": number})
    content = advisor.browser.get(pdf).content
    (place.place / "submitted.pdf").write_bytes(content)
    assert "authenti" in place.must("avenant verify submitted.pdf").lower()
    return pdf, number


def restore(place: Installation) -> None:
    """Lose everything but the backup, the secrets and the local seal key; bring it back."""
    shutil.rmtree(place.place / "state" / "vault")
    place.wipe()
    place.must_sql(lines("CREATE DATABASE", language="sql")[0])
    page = printed("docs/operate.md")
    first = next(n for n, one in enumerate(page) if one.text.startswith("avenant restore"))
    for line in page[first:]:
        place.must(line)


@pytest.mark.parametrize("page", ["docs/operate.md", "README.md"])
def test_it_leaves_no_printed_line_out_without_a_reason(page: str) -> None:
    run = (
        "CREATE", "install", "ln -sf", "cp ", "curl", "avenant upgrade", "avenant check",
        "avenant createadmin", "avenant backup", "avenant drill", "avenant restore",
        "avenant verify", "echo", "export AVENANT_DEMO", ".venv/bin/avenant verify",
    )  # fmt: skip

    left = [one.text for one in printed(page) if not one.text.startswith((*run, *SKIPPED))]

    assert left == []


def test_it_prints_an_answer_of_a_decision_that_is_the_programs(tmp_path: Path) -> None:
    (line,) = lines("echo", "README.md")
    page = (ROOT / "README.md").read_text("utf-8")
    answer = page.split("```json\n")[1].split("```")[0]

    done = subprocess.run(
        ["sh", "-c", line.text], cwd=ROOT, capture_output=True, text=True, check=True
    )

    def bare(text: str) -> str:
        return re.sub(r"\s+", "", text)

    assert bare(done.stdout) == bare(answer)


def test_it_has_an_example_for_nginx_that_nginx_takes(tmp_path: Path) -> None:
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin:/usr/local/sbin")
    if program is None:
        pytest.skip("nginx is not on this machine: apt-get install nginx-light")
    key, certificate = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj",
         "/CN=avenant.example.org", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    example = (ROOT / "deploy" / "nginx.conf.example").read_text()
    for printed_there, mine in (
        ("/etc/ssl/avenant", str(tmp_path)),
        ("/var/log/nginx", str(tmp_path)),
        ("listen 443 ", f"listen 127.0.0.1:{free_port()} "),  # nginx takes it even for its test
    ):
        assert printed_there in example
        example = example.replace(printed_there, mine)
    whole = tmp_path / "nginx.conf"
    # Where a first start by root would make them, nobody else may.
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    folders = "\n".join(f"{kind}_temp_path {tmp_path}/{kind};" for kind in kinds)
    whole.write_text(
        f"pid {tmp_path}/pid;\nerror_log {tmp_path}/log;\nevents {{}}\n"
        f"http {{\n{folders}\n{example}\n}}\n"
    )

    done = subprocess.run(
        [program, "-t", "-e", tmp_path / "early", "-p", tmp_path, "-c", whole],
        capture_output=True, text=True, check=False, timeout=patient(30),
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert "test is successful" in done.stderr


def test_it_has_units_that_systemd_takes(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not on this machine: apt-get install systemd")
    for unit in (ROOT / "deploy" / "systemd").iterdir():
        text = unit.read_text().replace("/opt/avenant", str(ROOT))
        (tmp_path / unit.name.replace("@.", "@1.")).write_text(text)
    units = sorted(tmp_path.iterdir())

    done = subprocess.run(
        [program, "verify", "--man=no", *units], capture_output=True, text=True, check=False,
        timeout=patient(60),
    )  # fmt: skip

    assert {unit.suffix for unit in units} == {".service", ".timer"}
    assert [line for line in done.stderr.splitlines() if "avenant" in line] == []
