"""First products: which of them people come back after, what they buy next, and what wakes sleepers."""

from analytics.gateway.gateway import (
    BEGAN,
    QUARTERS,
    REST,
    Gateway,
    Sleepers,
    against_the_rest,
    first_buyers,
    gateway,
    later_products,
    next_products,
    other_products,
    sleepers,
)

__all__ = [
    "BEGAN",
    "Gateway",
    "QUARTERS",
    "REST",
    "Sleepers",
    "against_the_rest",
    "first_buyers",
    "gateway",
    "later_products",
    "next_products",
    "other_products",
    "sleepers",
]
