"""Which sentences answer: units of the best passages scored, held against the question, or refused."""
