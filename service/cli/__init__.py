"""The command line: click commands that ask the library and say what it answered."""
