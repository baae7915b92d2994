"""The pieces of the page; each draws one thing and keeps no data of its own."""
