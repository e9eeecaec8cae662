"""The embedded engine: no model, no key, no network; the floor that every model must beat."""
