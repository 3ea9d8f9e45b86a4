"""What an entry of the ledger means: one declaration per kind of entry, by subject.

`kind` says what a kind declares. An act that leaves a kind of its own may declare it in its own file; `replay.kinds`
names them all, and whoever reads entries reads them from there.
"""
