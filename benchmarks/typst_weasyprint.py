"""Printing an application beside WeasyPrint: the same words, fonts and pages, both as PDF/UA-1.

    python -m benchmarks typst_weasyprint      one row: times and ratio

Both print the view that our renderer prints (without an illustration, which neither lays in). Every
round prints another application, so that neither gets by with what it remembers of the last one.
"""

import io
import re
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from html import escape

import pikepdf
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from avenant.documents import fonts
from avenant.documents.payload import (
    ApplicationDocument,
    Carrier,
    Declaration,
    Illustration,
    Item,
    Representative,
    Section,
    Signature,
)
from avenant.documents.render import compile_template
from avenant.documents.view import JsonObject, application_view
from benchmarks.rows import Row

AIM = 10.0
ROUNDS = 5
SECTIONS, QUESTIONS, STATEMENTS = 12, 14, 8

STYLE = """
@page { size: letter; margin: 84pt 58pt 62pt;
  @top-left { content: "Croix Bleue"; color: #14508c; font: 600 10.5pt 'Source Sans 3' }
  @top-right { content: string(number); font: 8.5pt 'Source Sans 3' }
  @bottom-right { content: "Page " counter(page) " de " counter(pages);
    font: 8pt 'Source Sans 3'; color: #586273 } }
body { font: 10pt/1.35 'Source Sans 3'; color: #1b2430; margin: 0 }
.number { string-set: number content() }
h1 { font-size: 19pt; color: #14508c; break-before: page; margin: 0 0 14pt }
h2 { font-size: 13pt; font-weight: 600; margin: 22pt 0 9pt; break-after: avoid }
dl { margin: 0 }
dl div { display: flex; gap: 14pt; padding: 4.4pt 0; border-bottom: 0.4pt solid #d9dee6;
  break-inside: avoid }
dt { flex: 0 0 41%; color: #586273 } dd { margin: 0; flex: 1 }
.statements dt { flex: 1; color: inherit } .statements dd { flex: 0 0 70pt; text-align: right }
"""


def run() -> list[Row]:
    """Time both; one row with the ratio and its aim."""
    folder = fonts.font_folder()
    faces = "".join(
        f"@font-face {{ font-family: 'Source Sans 3'; src: url('{(folder / name).as_uri()}');"
        f" font-weight: {weight} }}"
        for name, weight in (
            ("SourceSans3_400Regular.ttf", 400),
            ("SourceSans3_600SemiBold.ttf", 600),
            ("SourceSans3_700Bold.ttf", 700),
        )
    )
    configuration = FontConfiguration()
    style = CSS(string=faces + STYLE, font_config=configuration)

    def by_weasyprint(view: JsonObject) -> bytes:
        page = HTML(string=as_html(view))
        return bytes(
            page.write_pdf(stylesheets=[style], font_config=configuration, pdf_variant="pdf/ua-1")
        )

    documents = [document_of(n) for n in range(ROUNDS + 1)]
    views = [application_view(document, [], "") for document in documents]

    def by_typst(view: JsonObject) -> bytes:
        return compile_template("application.typ", view, documents[0].created_at)

    check_same(by_typst(views[0]), by_weasyprint(views[0]))
    ours, theirs = best(by_typst, views[1:]), best(by_weasyprint, views[1:])
    with pikepdf.open(io.BytesIO(by_typst(views[0]))) as printed:
        pages = len(printed.pages)
    name = f"print an application of {pages} tagged pages"
    return [Row(name, ours, "WeasyPrint", theirs, AIM)]


def document_of(turn: int) -> ApplicationDocument:
    """A long application; every answer differs from one turn to the next."""
    from datetime import UTC, datetime

    moment = datetime(2026, 4, 13, 18, 32, turn, tzinfo=UTC)
    return ApplicationDocument(
        carrier=Carrier(name="Croix Bleue"),
        number=f"NSG{turn:08d}",
        stage="submitted",
        language="fr",
        title="Proposition d’assurance",
        product_label="Programme Association",
        insured_name=f"Marguerite Desrochers {turn}",
        created_at=moment,
        sections=[
            Section(
                number=str(number),
                title=f"Section {number} de la proposition",
                items=[
                    Item(
                        label=f"Question {question} sur l’occupation, le revenu ou la résidence ?",
                        value=f"Réponse {turn}.{number}.{question}, en quelques mots",
                    )
                    for question in range(QUESTIONS)
                ],
                declarations=[
                    Declaration(
                        statement=f"Au cours des {turn + entry + 2} dernières années, aucun "
                        "médecin ne m’a recommandé un examen ou un traitement qui n’a pas encore "
                        "eu lieu.",
                        answer="exact",
                    )
                    for entry in range(STATEMENTS)
                ],
                confirmed_at=moment,
                confirmed_ip="203.0.113.7",
            )
            for number in range(1, SECTIONS + 1)
        ],
        illustration=Illustration(
            content=b"", received_sha256="", name="soumission.pdf", version="1"
        ),
        signatures=[
            Signature(
                role="main_insured",
                name="Marguerite Desrochers",
                method="screen",
                city="Montréal",
                province="QC",
                signed_at=moment,
                ip="203.0.113.7",
                typed_name="Marguerite Desrochers",
            )
        ],
        representative=Representative(
            name="Anne-Sophie Lacombe", code="48213", submitted_at=moment, ip="192.0.2.88"
        ),
        content_hash="9f2c4e7a" * 8,
    )


def as_html(view: JsonObject) -> str:
    """The same words as a page for WeasyPrint."""
    parts = [
        f"<p class='number'>{view['number']}</p><p>{escape(view['product'])}</p>",
        f"<p style='font-size:25pt'>{escape(view['title'])}</p>",
        pairs([("Assuré principal", view["insured"]), ("Créée le", view["created_at"])]),
        "<h1>Proposition</h1>",
    ]
    for section in view["sections"]:
        parts.append(f"<h2>{section['number']} {escape(section['title'])}</h2>")
        for part in section["parts"]:
            if part["kind"] == "answers":
                parts.append(pairs([(a["label"], a["lines"][0]) for a in part["answers"]]))
            else:
                entries = [(entry["statement"], "Exact") for entry in part["entries"]]
                parts.append(pairs(entries, "statements"))
        parts.append(
            f"<p>Confirmée par le client le {section['confirmed_at']}, depuis l’adresse IP "
            f"{section['confirmed_ip']}.</p>"
        )
    signature = view["signatures"][0]
    person = view["representative"]
    parts += [
        f"<h1>Signatures</h1><p>{view['content_hash']}</p>",
        f"<p>{signature['typed_name']}</p>",
        pairs([("Moment", signature["moment"]), ("Lieu", signature["place"])]),
        "<h1>Information additionnelle</h1><p>Aucune remarque.</p>",
        pairs([("Quand", signature["moment"]), ("Adresse IP", signature["ip"])]),
        pairs([("Soumise le", person["submitted_at"]), ("Adresse IP", person["ip"])]),
    ]
    return (
        f"<!doctype html><html lang='fr-CA'><title>{escape(view['title'])}</title>"
        f"<body>{''.join(parts)}</body></html>"
    )


def pairs(entries: list[tuple[str, str]], kind: str = "") -> str:
    """Questions and answers, as a list of terms."""
    rows = "".join(
        f"<div><dt>{escape(question)}</dt><dd>{escape(answer)}</dd></div>"
        for question, answer in entries
    )
    return f"<dl class='{kind}'>{rows}</dl>"


def check_same(ours: bytes, theirs: bytes) -> None:
    """Stop unless both are tagged, about as long, and print the same words (ours has a table of contents too)."""
    lengths, words = [], []
    for printed in (ours, theirs):
        with pikepdf.open(io.BytesIO(printed)) as document:
            assert document.Root.MarkInfo.Marked
            lengths.append(len(document.pages))
        text = subprocess.run(
            ["pdftotext", "-", "-"], input=printed, capture_output=True, check=True
        )
        words.append(Counter(re.findall(r"\w+", text.stdout.decode())))
    assert abs(lengths[0] - lengths[1]) <= 0.25 * lengths[0], lengths
    shared = (words[0] & words[1]).total()
    assert shared >= 0.9 * words[0].total(), f"{shared} of {words[0].total()} words"


def best(work: Callable[[JsonObject], bytes], views: list[JsonObject]) -> float:
    """The best time of one printing, in seconds: other programs only ever add to it."""
    times = []
    for view in views:
        started = time.perf_counter()
        work(view)
        times.append(time.perf_counter() - started)
    return min(times)
