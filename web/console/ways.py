"""A turn that is kept goes in, a way of asking comes out: the words as they were typed, apart from what they were read as."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Way:
    """`read_as` is what was searched for a question that leans on the ones before it; empty for one that stands alone."""

    typed: str
    read_as: str = ""

    @property
    def alone(self) -> str:
        """A question that can be asked again by itself."""
        return self.read_as or self.typed


def way(typed: str, query: str) -> Way:
    same = typed.strip().casefold() == query.strip().casefold()
    return Way(typed, "" if same else query) if typed.strip() else Way(query)
