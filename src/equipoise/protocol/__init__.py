"""The protocol: what was promised. Reads it, checks it, resolves its names, and gives it a digest."""

__all__: list[str] = []
