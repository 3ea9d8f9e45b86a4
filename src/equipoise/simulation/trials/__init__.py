"""Trials in silico: from a setup to its operating characteristics, a million times.

Promises that trial number i of a setup and a seed is the same to the last bit on any number of threads, in any chunks,
on any machine. Knows no protocol, no markup and no cluster: it gives them plain numbers that add up.
"""
