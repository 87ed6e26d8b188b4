"""PDFs written by hand, byte by byte: what a well-behaved library refuses to write."""

import zlib

CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>"


def raw(*objects: bytes, trailer: bytes = b"", root: bytes = b"/Root 1 0 R") -> bytes:
    """A file of these objects, numbered from 1; `trailer` adds entries, `root` replaces one."""
    body, places = bytearray(b"%PDF-1.7\n"), []
    for number, entry in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, entry)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(
        body
        + table
        + b"trailer\n<< /Size %d %b %b >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, root, trailer, len(body))
    )


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream with its length."""
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(data), entries, data)


def deflated(data: bytes, times: int = 1, entries: bytes = b"") -> bytes:
    """A stream packed so many times."""
    for _ in range(times):
        data = zlib.compress(data, 9)
    return stream(data, entries + b" /Filter [" + b"/FlateDecode " * times + b"]")


def zeros(megabytes: int, entries: bytes = b"") -> bytes:
    """So many zeros, packed without ever holding them."""
    packer = zlib.compressobj(9)
    block = bytes(1024 * 1024)
    data = b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()
    return stream(data, entries + b" /Filter /FlateDecode")
