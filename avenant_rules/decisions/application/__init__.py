"""The electronic application: eligibility, retention, completeness, commissions, numbers."""
