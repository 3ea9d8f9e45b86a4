"""Where a study stands: the study, its participants and queries, and what is kept beside the ledger."""
