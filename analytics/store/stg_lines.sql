-- Grain: one row per line with an order number, with its product.
select
    order_key,
    line,
    product_id,
    product,
    variant,
    sku,
    category,
    quantity,
    returned,
    price,
    value
from staged.line_facts
inner join staged.products using (product_key)
