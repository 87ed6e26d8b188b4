"""The live session: what a section goes through between two windows."""
