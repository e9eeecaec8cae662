"""What a text itself shows, in any language, with offsets; no model, no network."""
