"""The products of a shop: the owner's sheet, what is known of each, and the days on which steady sellers sold nothing."""

from analytics.products.names import apart, spoken, spoken_names
from analytics.products.products import STOPPED, Products, by_week, made_of, products, with_reviews
from analytics.products.silences import silences

__all__ = [
    "Products", "STOPPED", "apart", "by_week", "made_of", "products", "silences", "spoken", "spoken_names", "with_reviews",
]  # fmt: skip
