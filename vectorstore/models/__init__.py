"""The models that ship with the project, one folder each (made by ``vectorstore/training``)."""
