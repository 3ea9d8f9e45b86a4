"""What would happen: the whole trial played through the real doors of a study, on a real ledger.

The people are `virtual`; here are the days of a life, the hands that type, the monitor and the clock. Knows the
protocol and the desk, and nothing that a real site would not know. `simulation` is its sibling, and neither knows the
other.
"""
