"""What was read of the files, and whether it can be trusted."""

from analytics.health.health import Health, examples, health, remarks, shops, unlisted_statuses

__all__ = ["Health", "examples", "health", "remarks", "shops", "unlisted_statuses"]
