"""What no test notices: each arithmetic and comparison node of the code changed, one at a time (`make mutants`).

`nodes` finds what can be changed and changes it, `covering` learns which tests run which functions, `child` runs tests
with one change in force, and `python -m tests.mutants` does it for all and lists what nobody noticed. `left.toml` names
what was looked at and is left, with the reason.
"""
