"""Underwriting: eligibility, requirements, classes, issue limits."""
