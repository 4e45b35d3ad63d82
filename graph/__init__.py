"""The store as a library: no Flask, no printing, no processes."""
