"""The words officers use: abbreviations, everyday and official wording, places, function words.

The YAML files beside this module are written to be edited by officers; the modules load them, look words up and check
what was written.
"""

from assistant.lexicon.compiled import load
from assistant.lexicon.lookup import Lexicon, Match, Phrase, phrase
from assistant.lexicon.source import read

__all__ = ["Lexicon", "Match", "Phrase", "load", "phrase", "read"]
