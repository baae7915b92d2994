"""Reports of a run: HTML for people, Markdown for a pull request, JUnit XML and JSON for machines."""
