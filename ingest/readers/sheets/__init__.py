"""Workbooks and tables in text: xlsx.py and delimited.py first."""
