"""What would happen: the whole trial played through the real doors of a study, on a real ledger.

The rehearsal knows the protocol and the desk, and nothing that a real site would not know.
"""
