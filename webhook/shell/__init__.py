"""What a container runs, read with a real shell grammar; what cannot be parsed is not judged."""
