"""Whether it may be said: every word and number against its source, and the citations."""
