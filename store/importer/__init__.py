"""From a shop's own file to items: read, map, normalise, fetch pictures, report. Knows no encoder, no vectors."""
