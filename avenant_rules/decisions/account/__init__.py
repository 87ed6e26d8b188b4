"""Accounts: passwords, invitation, activation."""
