"""Sizes and power of a trial, by kind of endpoint, with the events that accrue."""
