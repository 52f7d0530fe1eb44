"""What every test may use."""

import pytest

from knowledge.documents import Document
from tests.corpus import documents


@pytest.fixture(scope="session")
def library() -> tuple[Document, ...]:
    """The shared corpus: house-rules.txt, questions.md, visit.html."""
    return documents()
