"""Who is played: virtual participants, their courses and answers, as the scenario of a protocol describes them."""
