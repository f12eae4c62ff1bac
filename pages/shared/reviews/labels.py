"""The aspects that reviews speak of, in words."""

from __future__ import annotations

from pages.shared.text import N_, _, listed

ASPECTS = {
    "shipping": N_("Delivery"), "packing": N_("Packing"), "quality": N_("Quality"), "price": N_("Price and value"),
    "service": N_("Service"), "size": N_("Size"), "appearance": N_("Looks, as pictured"), "effect": N_("Effect"),
}  # fmt: skip


def aspects_of(names: list[str]) -> str:
    """Aspects in words, side by side."""
    return listed([_(ASPECTS[name]) for name in names])
