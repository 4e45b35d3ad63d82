"""The processes that do the work of requests: one may be killed, and the service goes on."""
