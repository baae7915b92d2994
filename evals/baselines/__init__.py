"""Other ways to answer from the same documents, measured with the same marks. None of them is part of the product."""
