"""What a simulation says, for a terminal, for programs (simulation.json), and as figures, in either language."""
