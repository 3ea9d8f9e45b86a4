"""What records say of a participant: typed tables, derived variables, the values of one participant.
Knows no ledger.
"""
