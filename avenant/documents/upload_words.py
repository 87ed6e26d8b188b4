"""The sentences that say why a file was refused, and what to do."""

from avenant.documents.payload import Language

_EXPORT = (
    "Exportez-le de nouveau en PDF ordinaire depuis l’outil de soumission.",
    "Export it again as an ordinary PDF from your quoting tool.",
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
    "damaged": ("Le fichier est endommagé ou incomplet.", "The file is damaged or incomplete."),
    "encrypted": (
        "Le fichier est protégé par un mot de passe. Enregistrez-le sans protection.",
        "The file is password-protected. Save it without protection.",
    ),
    "javascript": ("Le fichier contient un programme.", "The file contains a program."),
    "launch": (
        "Le fichier veut ouvrir un autre fichier ou un programme.",
        "The file tries to open another file or a program.",
    ),
    "automatic_action": (
        "Le fichier veut agir de lui-même à l’ouverture.",
        "The file tries to act by itself when opened.",
    ),
    "embedded_file": (
        "Le fichier en contient d’autres. Joignez-les un à un.",
        "The file contains other files. Attach them one by one.",
    ),
    "active_form": (
        "Le fichier contient un formulaire qui envoie ou reçoit des données.",
        "The file contains a form that sends or receives data.",
    ),
    "rich_media": (
        "Le fichier contient du son, de la vidéo ou du 3D.",
        "The file contains sound, video or 3D.",
    ),
    "postscript": ("Le fichier contient un programme.", "The file contains a program."),
    "hidden_layers": (
        "Le fichier contient des calques masqués : on y verrait autre chose que ce qui est signé.",
        "The file has hidden layers: what is seen could differ from what is signed.",
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
        "Une page du fichier a une taille impossible.",
        "A page of the file has an impossible size.",
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
_BY_EXPORTING = {
    "two_faces",
    "damaged",
    "javascript",
    "launch",
    "automatic_action",
    "active_form",
    "rich_media",
    "postscript",
    "hidden_layers",
    "image_too_large",
    "page_size",
    "too_complex",
    "unsafe",
}
CODES = frozenset(_PROBLEMS)


def problem(code: str, language: Language) -> str:
    """What is wrong and what to do."""
    place = language == "en"
    sentence = _PROBLEMS[code][place]
    return f"{sentence} {_EXPORT[place]}" if code in _BY_EXPORTING else sentence
