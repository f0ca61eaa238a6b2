"""The Python half of rq4j's cross-language tests."""
