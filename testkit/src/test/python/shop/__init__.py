"""A shop, as far as tests need one."""
