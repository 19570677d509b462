"""What every test may ask for: a real API server and a busybox, found or built once."""

pytest_plugins = ["tests.cluster.plugin"]
