"""Which ink is one digit."""
