"""The protocol: what was promised. Reads it, checks it, resolves its names, and gives it a digest.

Nothing is imported here: whoever asks only which files a protocol has need not build its clauses.
"""
