"""One format a file: `load(data: bytes) -> Loaded`, or `Unreadable` with the reason."""
