"""From entries to what they mean, by the declarations of their kinds.

The state, what is kept beside the ledger, receipts.
"""
