"""Where to look: the library as the answerer sees it, the weighed question, passages found and ordered."""
