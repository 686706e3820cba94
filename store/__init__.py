"""Everything that lasts: items, their vectors, transcripts, votes and downloaded weights. Knows nothing above it."""
