"""Decisions about products: where they are sold, and which coverages go together."""
