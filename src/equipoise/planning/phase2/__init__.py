"""Designs of phase II: Simon, Bryant and Day, selection among arms."""
