"""The authors' door: plain text to content, checked. The only YAML and the only pydantic; every node knows its place."""
