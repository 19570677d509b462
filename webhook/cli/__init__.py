"""The command line: one command a file; the exit code is decided in `main` alone."""
