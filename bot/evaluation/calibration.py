"""Confidences with what came true go in; how far the confidence can be trusted comes out."""

from collections.abc import Sequence

BINS = 10


def calibration_error(predictions: Sequence[tuple[float, bool]]) -> float | None:
    """Expected calibration error over `BINS` bins of equal width: the mean distance between the confidence and the share
    that was right, weighted by the bin's size (Naeini et al. 2015)."""
    if not predictions:
        return None
    total = 0.0
    for number in range(BINS):
        inside = [(c, right) for c, right in predictions if min(BINS - 1, int(c * BINS)) == number]
        total += abs(sum(c for c, _ in inside) - sum(right for _, right in inside))
    return total / len(predictions)


def auroc(predictions: Sequence[tuple[float, bool]]) -> float | None:
    """The probability that a right one has the higher confidence than a wrong one; ties count half."""
    right = [c for c, is_right in predictions if is_right]
    wrong = [c for c, is_right in predictions if not is_right]
    if not right or not wrong:
        return None
    wins = sum((r > w) + 0.5 * (r == w) for r in right for w in wrong)
    return wins / (len(right) * len(wrong))


def risk_coverage(predictions: Sequence[tuple[float, bool]]) -> list[tuple[float, float]]:
    """From the most to the least confident: the share answered so far and the share of those that is wrong."""
    curve, wrong = [], 0
    for count, (_, is_right) in enumerate(sorted(predictions, key=lambda p: -p[0]), 1):
        wrong += not is_right
        curve.append((count / len(predictions), wrong / count))
    return curve
