"""The `faqtual` command line."""


def main() -> int:
    return 0
