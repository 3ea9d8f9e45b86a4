"""True copies for people: one participant's casebook, the trail, who held which role, the data (21 CFR 11.10(b)).

Each is written as a page in both languages, as CSV and as JSON, with the entry up to which it tells.
"""
