"""The shared corpus as an edition, made the way `--docs` makes one."""

import pytest

from bot.edition import Edition
from bot.publishing.unpublished import ephemeral
from tests.corpus import FOLDER


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return ephemeral(FOLDER, tmp_path_factory.mktemp("data"))
