"""The words in which a verdict is given, for someone who has never heard of a hash."""

from avenant.documents.payload import Language

_HEADLINES = {
    "genuine": (
        "Ce document est authentique : rien n’y a changé depuis que l’assureur l’a scellé.",
        "This document is genuine: nothing in it has changed since the insurer sealed it.",
    ),
    "changed": (
        "Ce document n’est pas celui qui a été scellé : il a été modifié.",
        "This is not the document that was sealed: it has been changed.",
    ),
    "not_ours": (
        "Ce fichier n’est pas un document scellé par l’assureur.",
        "This file is not a document sealed by the insurer.",
    ),
    "unknown": (
        "On ne peut pas dire si ce document est authentique.",
        "It is not possible to tell whether this document is genuine.",
    ),
}

_REASONS = {
    "not_a_pdf": ("Le fichier n’est pas un PDF.", "The file is not a PDF."),
    "no_seal": (
        "Le fichier ne porte aucun sceau électronique, ou son sceau a été retiré.",
        "The file bears no electronic seal, or its seal was removed.",
    ),
    "several_seals": (
        "Le fichier porte plus d’un sceau ; le nôtre en pose un seul.",
        "The file bears more than one seal; we put only one.",
    ),
    "several_revisions": (
        "Quelque chose a été ajouté au fichier après sa création.",
        "Something was added to the file after it was made.",
    ),
    "bytes_after_end": (
        "Des données suivent la fin du document.",
        "There is data after the end of the document.",
    ),
    "not_whole_file": (
        "Le sceau ne couvre pas tout le fichier.",
        "The seal does not cover the whole file.",
    ),
    "range_unreadable": (
        "L’étendue couverte par le sceau a été effacée ou faussée.",
        "The extent covered by the seal was erased or falsified.",
    ),
    "seal_unreadable": (
        "Le sceau est endommagé ou effacé.",
        "The seal is damaged or erased.",
    ),
    "padding_written": (
        "Des données ont été glissées dans la place réservée au sceau.",
        "Data was slipped into the room kept for the seal.",
    ),
    "content_changed": (
        "Le contenu ne correspond plus au sceau.",
        "The content no longer matches the seal.",
    ),
    "foreign_seal": (
        "Le sceau est celui de quelqu’un d’autre.",
        "The seal is somebody else’s.",
    ),
    "seal_sound": (
        "Le sceau est intact et couvre tout le fichier.",
        "The seal is intact and covers the whole file.",
    ),
    "record_not_asked": (
        "Le registre des documents scellés n’a pas pu être consulté d’ici.",
        "The record of sealed documents could not be consulted from here.",
    ),
    "hash_recorded": (
        "L’empreinte du fichier est celle inscrite au registre le jour du scellement.",
        "The file’s hash is the one written in the record when it was sealed.",
    ),
    "hash_not_recorded": (
        "L’empreinte du fichier n’est pas au registre des documents scellés.",
        "The file’s hash is not in the record of sealed documents.",
    ),
    "differs_from_record": (
        "Un document {number} existe au registre, mais ce fichier n’en est pas la copie exacte.",
        "A document {number} is in the record, but this file is not an exact copy of it.",
    ),
    "record_disagrees": (
        "Le registre connaît ce fichier, mais son sceau n’est pas valable : communiquez avec "
        "l’assureur.",
        "The record knows this file, but its seal is not valid: contact the insurer.",
    ),
    "stage_created": (
        "C’est la proposition {number} telle que créée, avant sa transmission à l’assureur.",
        "It is application {number} as created, before it was sent to the insurer.",
    ),
    "stage_submitted": (
        "C’est la proposition {number} telle que transmise à l’assureur.",
        "It is application {number} as sent to the insurer.",
    ),
    "newer_stage": (
        "Un document plus récent existe sous ce numéro : la proposition a depuis été transmise.",
        "A newer document exists under this number: the application has since been sent.",
    ),
    "superseded": (
        "Un PDF plus récent de cette proposition existe, sous un autre numéro.",
        "A newer PDF of this application exists, under another number.",
    ),
}
REASON_CODES = frozenset(_REASONS)


def headline(status: str, language: Language) -> str:
    """The answer in one sentence."""
    return _HEADLINES[status][language == "en"]


def reason(code: str, language: Language, number: str, stage: str) -> str:
    """One reason in words."""
    return _REASONS[code][language == "en"].format(number=number, stage=stage)
