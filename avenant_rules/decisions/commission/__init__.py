"""Decisions about commissions: periods and pay dates, statements, balances, tax slips."""
