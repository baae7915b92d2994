"""Vietnamese questions to cited answers: ``open_assistant(store=...).ask(question)``."""
