"""The HTTP side: admission routes, operations, metrics, log."""
