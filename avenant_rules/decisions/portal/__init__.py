"""The payment portal: the payer's insurance file, the means and steps of a payment, the balance."""
