"""The command line: one verb a file, and the only place that knows exit codes."""
