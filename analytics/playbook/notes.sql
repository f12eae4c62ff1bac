-- Grain: one row per order of the period with a note of its buyer, the latest $most of them: the note, and the product where the order holds one alone.
with noted as (
    select
        order_key,
        note,
        ordered_at
    from parcels
    where note is not null and in_period
    order by ordered_at desc, order_key
    limit $most
),
lines_of as (
    select
        noted.order_key,
        count(distinct order_lines.product_id) as products,
        min(order_lines.product_id) as product_id,
        min(order_lines.product) as product
    from noted
    inner join order_lines on order_lines.order_key = noted.order_key
    group by noted.order_key
)
select
    noted.note as text,
    case when lines_of.products = 1 then lines_of.product_id end as product_id,
    case when lines_of.products = 1 then lines_of.product end as product
from noted
left join lines_of on lines_of.order_key = noted.order_key
order by noted.ordered_at, noted.order_key
