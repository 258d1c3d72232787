"""The authoring linter: one rule a module, named in one table. A pack that compiles can still be unwise; this says where."""
