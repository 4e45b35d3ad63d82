"""One Flask blueprint a file: read the request, call, answer; a route imports no other."""
