"""Standard clients of SPARQL services, pointed at a running medalgraph."""
