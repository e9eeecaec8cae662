"""Many articles: a journal that loses nothing and pays nothing twice, limits, budgets, progress."""
