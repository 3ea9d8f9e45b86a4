"""The study folder: made, opened, amended, checked, looked at."""
