"""The recipes, one a file or folder, its shell script beside it; the folder is the registry."""
