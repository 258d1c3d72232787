"""The linear front end: the same engine as plain lines, for screen readers, dumb terminals, pipes and scripts."""
