"""What was asked: kind, subject, place and time, and the form its answer must have."""
