"""Texts of a carrier's pack that people read before they agree, sign or submit, with versions."""

from dataclasses import dataclass

from avenant.carriers.packs import PACKS_FOLDER
from avenant.clock import today
from avenant_rules import forms

NOTICES = ("signing_notice", "signing_declarations", "signing_authorisation")
CONSENT = ("electronic_consent", "privacy_notice")
CERTIFICATION = ("representative_certification",)


@dataclass(frozen=True)
class Text:
    title: str
    intro: str
    paragraphs: list[tuple[str, str]]  # heading (may be empty) and text


@dataclass(frozen=True)
class Reading:
    """One or several texts in one language, ready to show, print and record.

    `version` joins the versions of the texts, e.g. "1.1.2"; `digest` changes with any of them.
    """

    version: str
    digest: str
    language: str
    texts: list[Text]
    is_demonstration: bool


def reading(carrier: str, names: tuple[str, ...], language: str) -> Reading:
    """The texts in force for the carrier today, in `language`."""
    return _reading(
        [forms.text_in_force(PACKS_FOLDER / carrier, name, today(carrier)) for name in names],
        language,
    )


def reading_at(carrier: str, names: tuple[str, ...], version: str, language: str) -> Reading:
    """The same texts in the version that was shown, asked for or agreed to, whatever the day."""
    versions = zip(names, version.split("."), strict=True)
    folder = PACKS_FOLDER / carrier
    return _reading([forms.load_text(folder, name, int(n)) for name, n in versions], language)


def _reading(found: list[forms.TextVersion], language: str) -> Reading:
    return Reading(
        digest=forms.content_hash([text.digest for text in found]),
        version=".".join(str(text.version) for text in found),
        language=language,
        texts=[
            Text(
                title=text.title.in_(language),
                intro=text.intro.in_(language) if text.intro else "",
                paragraphs=[
                    (p.heading.in_(language) if p.heading else "", p.text.in_(language))
                    for p in text.paragraphs
                ],
            )
            for text in found
        ],
        is_demonstration=any(text.is_demonstration for text in found),
    )
