"""Decisions about partners: their request file, what they may sell, sponsorship."""
