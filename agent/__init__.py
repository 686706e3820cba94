"""The conversation: understanding, dialogue state, tools, replies. Knows no page and no widget."""
