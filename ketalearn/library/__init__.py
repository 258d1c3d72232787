"""The learner's door: compiled packs, found, written and read. No YAML, no validation, no Markdown parser."""
