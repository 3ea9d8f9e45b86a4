"""Trials by the million: a protocol's scenario compiled, played on cores, machines or a GPU, and counted.

Plays no act and keeps no record: whole rehearsals through the real doors are `rehearsal`, its sibling. `compile` makes
plain numbers of a protocol and its scenario, `trials` plays them in kernels, `run` counts, by the `workers` asked for.
"""
