"""How large a seal's ASN.1 is, found without reading what it says.

The readers of ASN.1 take their time for each value, and a seal is bytes that anybody may write: it is
counted first, and one that is larger than any honest seal is not read at all.
"""

LONGEST = 64 * 1024  # bytes of a seal with its certificates and timestamp; ours have 5 to 15 Ki
MOST_VALUES = 4_000  # ours have about 300 to 1,200
DEEPEST = 48  # ours reach 25
_CONSTRUCTED = 0x20


def is_reasonable(token: bytes) -> bool:
    """Whether a DER value is small enough to be read."""
    if len(token) > LONGEST:
        return False
    values = 0
    ends = [len(token)]  # where the values that contain the present one end
    at = 0
    while at < len(token):
        while at >= ends[-1]:
            ends.pop()
        header = _header(token, at)
        values += 1
        if header is None or values > MOST_VALUES or len(ends) > DEEPEST:
            return False
        inside, length = header
        if inside + length > ends[-1]:
            return False
        if token[at] & _CONSTRUCTED:
            ends.append(inside + length)
            at = inside
        else:
            at = inside + length
    return True


def der_length(room: bytes) -> int | None:
    """Length of the outermost DER value, its header included; None when it is no sequence."""
    header = _header(room, 0) if room[:1] == b"\x30" else None
    return header and sum(header)


def _header(token: bytes, at: int) -> tuple[int, int] | None:
    """Where the content of the value at `at` begins, and how long it is."""
    if len(token) < at + 2 or token[at] & 0x1F == 0x1F:  # tags of several bytes: not in a seal
        return None
    first = token[at + 1]
    if first < 0x80:
        return at + 2, first
    count = first & 0x7F
    if not 1 <= count <= 4 or len(token) < at + 2 + count:
        return None
    return at + 2 + count, int.from_bytes(token[at + 2 : at + 2 + count])
