"""The archive of a study: everything that was kept, readable in decades without this program; and proof of it."""
