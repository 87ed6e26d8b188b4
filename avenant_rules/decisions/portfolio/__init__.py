"""The seller's portfolio: searching clients, listing the events of the agenda."""
