-- Grain: one row per product as the lines of one export describe it.
select
    product_key,
    nullif(trim(product_id), '') as product_id,
    coalesce(nullif(trim(product), ''), nullif(trim(sku), ''), nullif(trim(product_id), '')) as product,
    nullif(trim(variant), '') as variant,
    nullif(trim(sku), '') as sku,
    nullif(trim(category), '') as category
from raw_products
