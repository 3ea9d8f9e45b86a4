"""What each key of a protocol says, in one sentence: for editors (JSON Schema) and for the manual of the language.

Kept apart from the clauses, so that a clause stays readable as a whole; a test holds the two together: every key of
every clause has its sentence, and no sentence is about a key that does not exist. Knows no document.
"""
