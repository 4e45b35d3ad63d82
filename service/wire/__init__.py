"""What the protocols say, as pure functions: no Flask, no store, no input or output."""
