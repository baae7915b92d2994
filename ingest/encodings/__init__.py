"""The ranks files of the encodings shipped with the project (trained by ``vectorstore/training/train_encoding.py``)."""
