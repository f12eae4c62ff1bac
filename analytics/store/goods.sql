-- Grain: one row per product as the lines of one export describe it: which product of this view it is, and how its export has it.
select
    source.product_key,
    products.good,
    products.product_id,
    products.product,
    coalesce(described.variant, source.variant) as variant,
    source.sku,
    source.category,
    source.product_id as source_product_id,
    source.product as source_product
from staged.products as source
left join staged.goods as described on described.product_key = source.product_key
left join assigned on assigned.product_key = source.product_key
left join products on products.good = assigned.good
