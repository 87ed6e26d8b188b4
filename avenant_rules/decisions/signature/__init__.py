"""Signatures in the live session: requests and what follows."""
