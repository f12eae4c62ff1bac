"""Ten segments out of recency and frequency, where they are cut, and what to do for each."""
