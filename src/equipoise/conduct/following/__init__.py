"""What follows from an act: items derived again, and queries that the system opens and closes."""
