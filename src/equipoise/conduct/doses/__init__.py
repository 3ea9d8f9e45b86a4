"""Doses: what the protocol's rules advise, what was advised when it was given, and the course of a treatment."""
