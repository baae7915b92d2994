"""Pictures and scans, recognised by a machine: ocr.py first."""
