"""What was read of the files, and whether it can be trusted."""

from analytics.health.health import Health, doubts, examples, health, remarks, shops, stores, unlisted_statuses, unread

__all__ = ["Health", "doubts", "examples", "health", "remarks", "shops", "stores", "unlisted_statuses", "unread"]
