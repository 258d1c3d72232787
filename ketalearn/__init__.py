"""ketalearn: lesson modules with quizzes in the terminal, built on real documents.

The folders are rooms in the order of dependence, top floor first::

    cli | app, plain | study, checks | store | loading | library, assessment | content

`pyproject.toml` holds that order as import contracts and the tests keep it.
"""

__version__ = "0.1.0"
