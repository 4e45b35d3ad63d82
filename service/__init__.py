"""The store over HTTP and on the command line."""
