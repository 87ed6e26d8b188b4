"""Billing: modes and frequencies of payment, debits, receipts."""
