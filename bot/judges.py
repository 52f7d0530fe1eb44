"""The shipped data that tells whether two claims are of one thing: its verified files in, the judges out."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from bot.consistency import quantity_signals, stance_signals
from bot.consistency.judging import Judge, Judges
from bot.consistency.standing import STANDING
from bot.consistency.trees import Trees
from bot.resources import SHIPPED, ResourceError, read_array, read_json, verify

JUDGED = {"quantities": quantity_signals.SIGNALS, "stances": stance_signals.SIGNALS}
FITTED = "judges.json"


@cache
def judges() -> Judges:
    """Read and verified once a process. Raises ResourceError."""
    return read_judges(SHIPPED / "conflicts")


def read_judges(folder: Path) -> Judges:
    """Raises ResourceError."""
    verify(folder, FITTED, *(f"{name}.npy" for name in JUDGED))
    fitted = read_json(folder / FITTED)
    return Judges(*(_judge(folder / f"{name}.npy", fitted[name], signals) for name, signals in JUDGED.items()))


def _judge(path: Path, fitted: dict[str, Any], signals: Sequence[str]) -> Judge:
    """Raises ResourceError where what was fitted is of other signals than the code's."""
    if fitted["signals"] != [*signals, *STANDING]:
        raise ResourceError(path.with_name(FITTED), "was fitted on other signals than these")
    trees = Trees(read_array(path).astype(np.float64), fitted["trees_bias"])
    return Judge(np.array(fitted["weights"]), fitted["bias"], trees, fitted["least"])
