"""From a visitor's words to a cited answer. Imports `knowledge`, never `web`."""
