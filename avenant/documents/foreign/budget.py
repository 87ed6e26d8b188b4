"""How much of a foreign file is looked at before it is called too heavy."""

from avenant.guarded import Refusal

MAX_OBJECTS = 200_000  # looked at, each once
MAX_UNPACKED = 96 * 1024 * 1024  # bytes of fonts, functions and drawing once unpacked
MAX_DRAWING = 8 * 1024 * 1024  # bytes of one drawing once unpacked
MAX_STEPS = 3_000_000  # drawing steps of one page, each use of a form counted
MAX_DEPTH = 64  # of forms in forms, and of values in values
MAX_IMAGE = 150 * 1024 * 1024  # bytes of one image once unpacked
MAX_NOTES = 2_000  # fields and annotations


class Budget:
    """What is left to one file. Everything that walks it draws on the same budget."""

    def __init__(self) -> None:
        self._objects = MAX_OBJECTS
        self._bytes = MAX_UNPACKED

    def look(self, depth: int = 0) -> None:
        """Count one more object.

        Raises:
            Refusal: "too_complex".
        """
        self._objects -= 1
        if self._objects < 0 or depth > MAX_DEPTH:
            raise Refusal("too_complex")

    def unpack(self, size: int) -> None:
        """Count so many unpacked bytes.

        Raises:
            Refusal: "too_complex".
        """
        self._bytes -= size
        if self._bytes < 0:
            raise Refusal("too_complex")
