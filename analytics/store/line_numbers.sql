-- Grain: one row per line of an order that counts: its number within the order, by what it is and not by where it stood.
select
    order_key,
    line,
    row_number() over (
        partition by order_key
        order by
            product nulls last,
            variant nulls last,
            sku nulls last,
            product_id nulls last,
            category nulls last,
            price nulls last,
            quantity,
            returned,
            line
    ) as number
from order_lines
