"""The commands of ``tdkt eval``: a file for each thing a person wants to do."""
