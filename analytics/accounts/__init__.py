"""Accounts that do not buy as customers do: wholesale, company purchases, staff."""

from analytics.accounts.accounts import SIGNS, Suspects, Without, suspects, without

__all__ = ["SIGNS", "Suspects", "Without", "suspects", "without"]
