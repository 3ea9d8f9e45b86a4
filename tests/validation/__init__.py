"""What the law and practice ask of the conduct of a trial, row by row, with the tests that show it."""
