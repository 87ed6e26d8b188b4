"""The health quote: its steps, its price by the year, its validity and versions."""
