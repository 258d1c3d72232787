"""How quick the program is, always as a ratio to something bare that was measured in the same alternating run.

All: ``python -m tests.benchmarks``. One: ``python -m tests.benchmarks.start`` (or keys, quit, pack), from the root of the
repository. Each takes one to three minutes, needs Linux, and wants an otherwise idle machine. pytest does not collect them.
"""
