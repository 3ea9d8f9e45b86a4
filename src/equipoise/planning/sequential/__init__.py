"""Group sequential designs: boundaries, spending, information, what an interim look says of the end."""
