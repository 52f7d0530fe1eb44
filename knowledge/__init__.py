"""What the documents say, and which release is live. Imports nothing of `bot` or `web`."""
