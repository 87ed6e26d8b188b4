"""The sentences that say why a file was refused, and what to do."""

from avenant.documents.payload import Language

_EXPORT = (
    "Exportez-le de nouveau en PDF ordinaire depuis l’outil de soumission.",
    "Export it again as an ordinary PDF from your quoting tool.",
)
_PRINT = (
    "Ouvrez-le, choisissez « Imprimer », puis « Enregistrer au format PDF », et joignez ce nouveau "
    "fichier.",
    "Open it, choose “Print”, then “Save as PDF”, and attach that new file.",
)
_PROBLEMS = {
    "pdf_only": (
        "Seuls les fichiers PDF sont acceptés, avec un nom qui finit par « .pdf ».",
        "Only PDF files are accepted, with a name that ends in “.pdf”.",
    ),
    "name_hidden_characters": (
        "Le nom du fichier contient des caractères invisibles. Renommez-le, puis réessayez.",
        "The file’s name has invisible characters. Rename it, then try again.",
    ),
    "name_is_path": (
        "Le nom du fichier ne doit pas contenir de chemin. Renommez-le, puis réessayez.",
        "The file’s name must not contain a path. Rename it, then try again.",
    ),
    "name_double_extension": (
        "Le nom du fichier porte deux extensions. Renommez-le avec « .pdf » seulement.",
        "The file’s name has two extensions. Rename it with “.pdf” alone.",
    ),
    "name_forbidden": (
        "Le nom du fichier contient des caractères interdits. Renommez-le, puis réessayez.",
        "The file’s name has characters that are not allowed. Rename it, then try again.",
    ),
    "empty": ("Le fichier est vide. Choisissez-en un autre.", "The file is empty. Choose another."),
    "too_large": (
        "Le fichier dépasse la taille permise. Réduisez-le, puis réessayez.",
        "The file is larger than allowed. Make it smaller, then try again.",
    ),
    "not_a_pdf": (
        "Le fichier n’est pas un PDF, quel que soit son nom.",
        "The file is not a PDF, whatever its name.",
    ),
    "two_faces": (
        "Le fichier contient autre chose qu’un PDF.",
        "The file contains something other than a PDF.",
    ),
    "damaged": (
        "Le fichier est endommagé ou incomplet : il en manque une partie.",
        "The file is damaged or incomplete: a part of it is missing.",
    ),
    "encrypted": (
        "Le fichier demande un mot de passe pour s’ouvrir.",
        "The file asks for a password to open.",
    ),
    "embedded_file": (
        "Le fichier en contient d’autres. Joignez-les un à un, puis joignez celui-ci imprimé en PDF.",
        "The file contains other files. Attach them one by one, then attach this one printed to PDF.",
    ),
    "active_form": (
        "Le fichier est un formulaire XFA, que chaque lecteur montre à sa façon.",
        "The file is an XFA form, which each reader shows in its own way.",
    ),
    "rich_media": (
        "Le fichier contient du son, de la vidéo ou du 3D.",
        "The file contains sound, video or 3D.",
    ),
    "annotation_without_appearance": (
        "Une annotation ou un champ du fichier n’a pas d’apparence enregistrée : on le voit dans "
        "certains lecteurs et pas dans d’autres.",
        "An annotation or a field of the file has no recorded appearance: some readers show it and "
        "others do not.",
    ),
    "hidden_layers": (
        "Le fichier contient des calques masqués : on y verrait autre chose que ce qui est signé.",
        "The file has hidden layers: what is seen could differ from what is signed.",
    ),
    "looks_different": (
        "Le fichier ne se reproduit pas tel qu’il s’affiche : ce qui serait signé pourrait être autre "
        "chose que ce que vous voyez.",
        "The file cannot be reproduced as it appears: what would be signed could differ from what "
        "you see.",
    ),
    "image_too_large": (
        "Une image du fichier est démesurée.",
        "An image in the file is far too large.",
    ),
    "too_many_pages": (
        "Le fichier a trop de pages. Gardez celles qui servent, puis réessayez.",
        "The file has too many pages. Keep those that matter, then try again.",
    ),
    "page_size": (
        "Une page du fichier mesure moins d’un millimètre ou plus de cinq mètres.",
        "A page of the file measures less than a millimetre or more than five metres.",
    ),
    "too_complex": (
        "Le fichier est trop lourd à ouvrir sans risque.",
        "The file is too heavy to open safely.",
    ),
    "unsafe": (
        "Le fichier n’a pas pu être ouvert sans risque.",
        "The file could not be opened safely.",
    ),
    "virus": (
        "L’antivirus a trouvé quelque chose dans le fichier : il est refusé.",
        "The virus scanner found something in the file: it is refused.",
    ),
    "scanner_unavailable": (
        "L’antivirus ne répond pas : le fichier n’a pas été reçu. Réessayez dans quelques minutes.",
        "The virus scanner does not answer: the file was not received. Try again in a few minutes.",
    ),
}
# What a new file from the same tool mends.
_BY_EXPORTING = {"two_faces", "damaged", "image_too_large", "page_size", "too_complex", "unsafe"}
# What printing leaves behind: the new file holds what was seen, and nothing else.
_BY_PRINTING = {
    "encrypted",
    "active_form",
    "rich_media",
    "annotation_without_appearance",
    "hidden_layers",
    "looks_different",
}
CODES = frozenset(_PROBLEMS)


def problem(code: str, language: Language) -> str:
    """What is wrong and what to do."""
    place = language == "en"
    sentence = _PROBLEMS[code][place]
    if code in _BY_EXPORTING:
        return f"{sentence} {_EXPORT[place]}"
    return f"{sentence} {_PRINT[place]}" if code in _BY_PRINTING else sentence
