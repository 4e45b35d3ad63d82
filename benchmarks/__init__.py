"""Measurements of medalgraph, each against a peer in the same run."""
