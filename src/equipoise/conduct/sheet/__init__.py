"""A form while it is filled in, and what a decision may look at."""
