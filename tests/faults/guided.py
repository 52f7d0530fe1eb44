"""`python -m tests.faults.guided TARGET [-max_total_time=60]` fuzzes with atheris, which follows the code that inputs reach.

atheris is installed by hand (pip install atheris) and takes libFuzzer's options; without -max_total_time it goes on for ever.
"""

import sys

import atheris  # type: ignore[import-untyped]  # not among the locked packages

with atheris.instrument_imports(include=["knowledge", "bot", "web"]):
    from tests.faults.fuzzing import TARGETS


def main() -> None:
    target, _ = TARGETS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
