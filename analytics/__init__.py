"""Computes who comes back, when and why from a shop's orders; knows nothing of the pages that show it."""
