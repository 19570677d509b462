"""The whole decision as pure functions: review, decide, respond."""
