"""Decisions about policies in force: changes, premiums in arrears, reinstatement, renewal, ending."""
