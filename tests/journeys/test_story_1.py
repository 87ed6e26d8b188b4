"""Story 1 of the specification: from sign-in to a sealed, submitted application, in three windows.

Programme Association + Plan Express, signed on the client's screen, read by the managing agency.
"""

import json
import re
import subprocess
import sys
import time
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, expect

from avenant.demo import dossiers
from avenant.documents.illustration import demo
from tests.journeys.people import FASTEST, AdvisorWindow, ClientWindow, OfficeWindow
from tests.support.axe import assert_accessible, assert_reflows
from tests.support.patience import patient

ANSWERS: dict[str, Any] = tomllib.loads(dossiers.ANSWERS.read_text("utf-8"))
# The persona of the guide.
ANSWERS |= {
    "first_name": "Test F.Int",
    "last_name": "Nighal",
    "birth_date": "1980-01-01",
    "mobile": "(514) 467-3193",
    "address": "1981, avenue McGill College",
    "city": "Montréal",
    "postal_code": "H3A 3P4",
}
GUARANTEES = {
    "disability_sickness": ("Invalidité – maladie", Decimal("2500.00"), Decimal("48.20")),
    "term_life_65": ("Vie temporaire 65 ans", Decimal("100000.00"), Decimal("22.10")),
    "critical_illness_assistance": (
        "Assistance maladies graves",
        Decimal("25000.00"),
        Decimal("14.35"),
    ),
}


@pytest.fixture
def illustration(tmp_path: Path) -> Path:
    """The PDF of the outside illustration tool."""
    path = tmp_path / "soumission.pdf"
    path.write_bytes(demo("Test F.Int Nighal", "Programme", list(GUARANTEES.values())))
    return path


@pytest.mark.browser
@pytest.mark.timeout(300)
@pytest.mark.rule("4/APP-01")
@pytest.mark.rule("4/COS-01")
@pytest.mark.rule("4/COS-05")
@pytest.mark.rule("4/COS-09")
@pytest.mark.rule("4/COS-12")
@pytest.mark.rule("4/COS-15")
@pytest.mark.rule("4/APP-22")
@pytest.mark.rule("4/SIG-06")
@pytest.mark.rule("4/APP-38")
@pytest.mark.rule("4/APP-40")
@pytest.mark.rule("4/APP-43")
def test_it_walks_from_sign_in_to_a_sealed_submitted_application(
    site: str, browser: Browser, illustration: Path, tmp_path: Path
) -> None:
    advisor = AdvisorWindow.open(browser, site, viewport={"width": 1440, "height": 900})
    client = ClientWindow.open(browser, site, viewport={"width": 390, "height": 844})
    agency = OfficeWindow.open(browser, site)
    a, c = advisor.page, client.page

    # 1: the keyboard signs in; a landing menu with three actions
    advisor.sign_in("conseillere@croixbleue.test")
    for action in ("Session Vide", "Mes propositions sauvegardées", "Déconnexion"):
        expect(a.get_by_role("heading", name=action)).to_be_visible()

    # 2: a call with its code and the client's address
    code = advisor.launch()
    assert re.fullmatch("[2-9A-HJKMNP-Z]{8}", code)
    expect(a.locator(".session-address-value")).to_contain_text("/appel")

    # 3: the form; section 6 follows the product, 6.3 always, 6.1 and 6.2 not yet
    advisor.button("PROGRAMME ASSOCIATION").click()
    advisor.fill(ANSWERS)
    advisor.open_section("6. Déclarations")
    expect(a.locator("#q-express_6_3")).to_be_visible()
    expect(a.locator("#q-express_6_1")).to_have_count(0)
    expect(a.locator("#q-express_6_2")).to_have_count(0)

    # 4: identity; « Sauvegarder » says until when it is kept
    advisor.open_section("2. Personne")
    advisor.fill(ANSWERS)
    advisor.button("Sauvegarder").click()
    expect(a.get_by_text("Elle est conservée jusqu'au")).to_be_visible()

    # 5: nobody to send it to
    advisor.send_section()
    expect(a.get_by_text("Aucun client n'est dans la séance.")).to_be_visible()

    # 6: a wrong code says nothing, the right one leads to the waiting page
    client.join("WRQNGCDE")
    expect(c.get_by_text("Ce code ne correspond à aucune séance ouverte").first).to_be_visible()
    client.join(code)
    expect(c.get_by_text("Votre conseiller prépare la suite").first).to_be_visible()
    expect(a.get_by_text("est dans la séance").last).to_be_visible(timeout=FASTEST)

    # 7: the illustration is sent, opened and agreed
    advisor.open_section("Soumission")
    a.get_by_label("Soumission (PDF)").set_input_files(illustration)
    for guarantee, (_label, amount, _premium) in GUARANTEES.items():
        a.locator(f'[name="guarantee_{guarantee}"]').fill(str(amount))
    advisor.button("Télécharger des fichier(s)").click()
    advisor.button("Envoyer le fichier au client").click()
    expect(a.get_by_text("La soumission est envoyée")).to_be_visible()
    opened = c.wait_for_selector("object, iframe, embed", timeout=FASTEST)
    assert opened is not None
    client.button("C'est bien la soumission convenue").click()
    expect(a.locator("#section-menu")).to_contain_text("Reconnue par le client", timeout=FASTEST)

    # 8: identity is sent; the waiting window closes by itself within two seconds
    advisor.open_section("2. Personne")
    advisor.send_section()
    expect(a.get_by_text("En attente du client").first).to_be_visible()
    client.agree()
    expect(a.locator("#section-foot")).to_contain_text("Le client a confirmé", timeout=FASTEST)

    # 9: the client says that the city is wrong; taken back, corrected, sent again, agreed
    advisor.open_section("4. Métier")
    advisor.fill(ANSWERS)
    advisor.send_section()
    expect(client.button("Je suis d'accord")).to_be_visible()
    advisor.button("Annuler").click()
    expect(c.get_by_text("Votre conseiller prépare la suite").first).to_be_visible(timeout=FASTEST)
    advisor.answer("employer", "Atelier corrigé")
    advisor.send_section()
    expect(c.get_by_text("Atelier corrigé")).to_be_visible(timeout=FASTEST)
    client.agree()
    expect(a.locator("#section-foot")).to_contain_text("Le client a confirmé", timeout=FASTEST)

    # 10: « Oui » to critical illness shows 6.1; 6.2 stays away
    advisor.open_section("6. Déclarations")
    advisor.answer("wants_critical_illness", "yes")
    expect(a.locator("#q-express_6_1")).to_be_visible()
    expect(a.locator("#q-express_6_2")).to_have_count(0)
    advisor.fill({**ANSWERS, "wants_critical_illness": "yes"})
    advisor.send_section()
    client.agree()
    expect(a.locator("#section-foot")).to_contain_text("Le client a confirmé", timeout=FASTEST)

    # 11: bank debit only, blank debit day explained; then the remaining sections
    advisor.open_section("8. Paiement")
    advisor.fill(ANSWERS)
    advisor.send_section()
    expect(client.button("Je suis d'accord")).to_be_visible(timeout=FASTEST)
    expect(c.locator("#stage")).to_contain_text(ANSWERS["bank_account"])
    client.agree()
    for name in ("1. Produit", "3. Conjoint", "5. Assurances", "7. Déclarations"):
        advisor.open_section(name)
        advisor.fill(ANSWERS)
        advisor.send_section()
        client.agree()
        expect(a.locator("#section-foot")).to_contain_text("Le client a confirmé", timeout=FASTEST)

    # 12: the signature: notices, drawn, erased, drawn again, accepted
    advisor.open_section("9. Signatures")
    a.get_by_label("Ville").fill("Montréal")
    a.get_by_label("Province").select_option("QC")
    advisor.button("Envoyer à l'écran – signature").click()
    expect(c.get_by_role("heading", name="Avis et déclarations")).to_be_visible(timeout=FASTEST)
    client.button("Aller à la fin").click()
    client.draw()
    client.button("Effacer").click()
    client.draw()
    client.button("Accepter et signer").click()
    expect(a.locator("#step")).to_contain_text("Signé le", timeout=FASTEST)
    expect(c.get_by_text("Signature donnée le")).to_be_visible(timeout=FASTEST)

    # 13: the representative's own section: the client receives nothing
    before = c.locator("#stage").inner_text()
    advisor.open_section("10. Section")
    advisor.fill(ANSWERS | {"remarks": "Documents à suivre : preuve de revenu."})
    expect(advisor.button("Envoyer au client – confirmer")).to_have_count(0)
    assert c.locator("#stage").inner_text() == before

    # 14: the PDF and its number
    advisor.open_section("PDF et transmission")
    advisor.button("Créer le PDF").click()
    number = a.locator(".document-number strong").inner_text(timeout=15_000)
    assert re.fullmatch(r"NSG[0-9]{8}", number)

    # 15: submitted; the facts of the submission are on the page
    advisor.button("Soumettre la proposition").click()
    expect(a.get_by_role("dialog")).to_contain_text("Vous ne pourrez plus la modifier")
    advisor.button("Soumettre à l'assureur").click()
    expect(a.get_by_text("est déposée chez l'assureur")).to_be_visible(timeout=15_000)
    expect(a.get_by_text("127.0.0.1")).to_be_visible()
    expect(c.get_by_text("Votre proposition est transmise")).to_be_visible(timeout=FASTEST)
    assert_reflows(c)
    assert_accessible(c)
    mails = _mails_about(site, number, expected=3)
    assert {mail["to"] for mail in mails} == {
        "conseillere@croixbleue.test",
        "mga@croixbleue.test",
        ANSWERS["email"],
    }
    assert "Nighal" not in json.dumps(mails)

    agency.sign_in("mga@croixbleue.test")
    agency.page.get_by_role("link", name=number).click()
    expect(agency.page.get_by_role("heading", name="Exigences de tarification")).to_be_visible()
    address = agency.page.url
    other = OfficeWindow.open(browser, site)
    other.sign_in("mga2@croixbleue.test")
    assert other.page.goto(address).status == 404

    sealed = _download(agency, number, tmp_path)
    _assert_genuine_for_everybody(sealed)
    text = subprocess.run(
        ["pdftotext", "-layout", str(sealed), "-"], capture_output=True, text=True, check=True
    ).stdout
    for words in ("Nighal", "Montréal", "127.0.0.1", "Documents à suivre", number):
        assert words in text

    # 16: the orange button leaves without a warning
    advisor.button("Fermer la proposition").click()
    expect(a.get_by_role("heading", name="Session Vide")).to_be_visible()
    a.get_by_role("button", name="Me déconnecter").click()
    expect(a.get_by_label("Identifiant")).to_be_visible()
    expect(c.get_by_text("La séance est terminée")).to_be_visible(timeout=FASTEST)


def _mails_about(site: str, number: str, *, expected: int) -> list[dict[str, Any]]:
    """The mails that name the number, once as many as expected are out (ten seconds at most)."""
    deadline = time.monotonic() + patient(10)
    while True:
        mails = httpx.get(f"{site}/demo/messages.json", timeout=patient(10)).json()
        found = [mail for mail in mails if number in mail["subject"]]
        if len(found) >= expected or time.monotonic() > deadline:
            return found
        time.sleep(0.1)


def _download(window: OfficeWindow, number: str, folder: Path) -> Path:
    link = window.page.locator(f'a[href*="/document/{number}"]').first.get_attribute("href")
    answer = window.page.request.get(f"{window.site}{link}")
    assert answer.status == 200
    path = folder / f"{number}.pdf"
    path.write_bytes(answer.body())
    return path


def _assert_genuine_for_everybody(path: Path) -> None:
    """Two programs that are not ours, and ours."""
    pdfsig = subprocess.run(["pdfsig", str(path)], capture_output=True, text=True, check=False)
    assert "Signature is Valid" in pdfsig.stdout
    assert "Total document signed" in pdfsig.stdout
    mutool = subprocess.run(
        ["mutool", "sign", "-v", str(path)], capture_output=True, text=True, check=False
    )
    assert "unchanged since signing" in mutool.stdout + mutool.stderr
    ours = [sys.executable, "-m", "avenant.cli", "verify", str(path)]
    assert subprocess.run(ours, capture_output=True, check=False).returncode == 0
    path.write_bytes(path.read_bytes() + b"\n")
    assert subprocess.run(ours, capture_output=True, check=False).returncode == 1
