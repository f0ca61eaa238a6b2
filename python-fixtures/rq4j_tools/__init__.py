"""What a user of a tool around RQ would write: sites and programs that the tests start."""
