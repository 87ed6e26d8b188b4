"""Files locked by their maker: many open without a password and only forbid printing or copying."""

import pikepdf
from pikepdf import Dictionary, Name, Permissions, String

from tests.avenant.documents.corpus.entry import add, annotation, may_be, sheet

_NOTHING = Permissions(
    accessibility=False, extract=False, modify_annotation=False, modify_assembly=False,
    modify_form=False, modify_other=False, print_lowres=False, print_highres=False,
)  # fmt: skip
# Revision of the lock: its cipher, as qpdf names it.
_LOCKS = {
    "RC4 of 40 bits": {"R": 2},
    "RC4 of 128 bits": {"R": 3},
    "AES of 128 bits": {"R": 4},
    "AES of 256 bits": {"R": 6},
    "AES of 256 bits, first draft": {"R": 5},
}


def _locked(lock: dict[str, object], user: str) -> bytes:
    given = {"aes": lock["R"] >= 4, "metadata": lock["R"] >= 4} | lock  # type: ignore[operator]
    return sheet(encryption=pikepdf.Encryption(owner="maitre", user=user, **given))


for _name, _lock in _LOCKS.items():
    add(
        f"locked: opens without a password, {_name}",
        lambda lock=_lock: _locked(lock, ""),
        may_be("encrypted"),
        why="every reader opens it",
    )
    add(
        f"locked: with a password, {_name}",
        lambda lock=_lock: _locked(lock, "secret"),
        ["encrypted"],
    )
add(
    "locked: everything forbidden",
    lambda: sheet(encryption=pikepdf.Encryption(owner="m", user="", R=6, allow=_NOTHING)),
    may_be("encrypted"),
)
add(
    "locked: with object streams",
    lambda: sheet(
        encryption=pikepdf.Encryption(owner="m", user="", R=6),
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    ),
    may_be("encrypted"),
)
add("locked: with a field", lambda: _with_field(), may_be("encrypted"))
add("locked: with a password that has accents", lambda: _accented(), ["encrypted"])


def _with_field() -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        look = b"BT /F1 14 Tf 0 g 4 9 Td (86,40 $) Tj ET"
        field = annotation(
            pdf,
            "Widget",
            [72, 600, 300, 630],
            look,
            FT=Name.Tx,
            T=String("prime"),
            V=String("86,40 $"),
        )
        pdf.Root.AcroForm = Dictionary(Fields=pikepdf.Array([field]))

    return sheet(change, encryption=pikepdf.Encryption(owner="m", user="", R=6))


def _accented() -> bytes:
    return sheet(encryption=pikepdf.Encryption(owner="m", user="été", R=6))
