"""Travel: consents and flow of a sale, the trip's days, where an existing contract is extended."""
