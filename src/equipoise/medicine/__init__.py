"""Medicine's own rules, each with its version and its source: tables as data, rules as pure functions.

True whatever the trial: this room knows no protocol, no form and no participant. `method.py` says how a protocol may
ask for one of its rules, `catalogue.py` lists them all.
"""
