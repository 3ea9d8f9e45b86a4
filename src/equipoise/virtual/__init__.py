"""Who is played: virtual participants, their courses and answers, as the scenario of a protocol describes them.

Promises that the same chance gives the same person, whoever asks: a rehearsal, which takes them through the real doors,
or a simulation, which only wants to know how many of each kind there are. Neither of the two is known here, and no act
is performed.
"""
