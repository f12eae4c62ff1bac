-- Grain: one row per line with an order number, with the product that it is in this view, and in source_ columns as its export has it.
select
    facts.order_key,
    facts.line,
    goods.good,
    goods.product_id,
    goods.product,
    goods.variant,
    goods.sku,
    goods.category,
    facts.quantity,
    facts.returned,
    facts.price,
    facts.value,
    goods.source_product_id,
    goods.source_product
from staged.line_facts as facts
inner join goods on goods.product_key = facts.product_key
