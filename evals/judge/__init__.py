"""An optional second opinion: a chat model marks a stored run. Off by default, shown beside the gate, never in it."""
