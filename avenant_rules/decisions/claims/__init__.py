"""Claims: disability, life, health and dental, from the notice to the payment."""
