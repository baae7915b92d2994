"""Questions as they are typed: without accents, with half of them, with slips of the hand; read as they were meant."""
