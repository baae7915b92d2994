"""The commands of ``tdkt``, one file each; ``assistant.cli`` puts them together."""
