"""The Python half of the shop."""
