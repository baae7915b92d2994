"""What to say: one file a way of answering; :func:`assistant.answers.extract.compose` takes the first that applies."""
