"""From a query (words, photo, constraints, history) to ranked items. Knows stores and encoders, no dialogue."""
