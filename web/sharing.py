"""An Origin and the owner's sites go in; the headers that let that origin's pages read a response of the API come out."""

from collections.abc import Sequence

API = "/api/"


def shared_with(origin: str | None, sites: Sequence[str]) -> dict[str, str]:
    """`sites` are all that may read; to any other origin the response stays closed."""
    if origin is None or origin not in sites:
        return {"Cross-Origin-Resource-Policy": "same-origin"}
    return {
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Expose-Headers": "Retry-After",
    }
