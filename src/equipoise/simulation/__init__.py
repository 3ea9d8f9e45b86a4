"""Trials by the million: a protocol's scenario compiled, played on cores, machines or a GPU, and counted.

Plays no act and keeps no record: whole rehearsals through the real doors are `rehearsal`.
"""
