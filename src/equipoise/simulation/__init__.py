"""What would happen: virtual participants played through the real doors of a study.

The rehearsal knows the protocol and the desk, and nothing that a real site would not know.
"""
