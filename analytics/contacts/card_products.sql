-- Grain: one row per product that one customer bought, the most often bought first.
with days as (
    select
        lines.product,
        cast(orders.ordered_at as date) as day,
        sum(lines.quantity - lines.returned) as quantity,
        sum(cast(lines.revenue as decimal(18, 4))) as revenue
    from order_lines as lines
    inner join orders on orders.order_key = lines.order_key
    where orders.customer_id = $customer_id
        and lines.product is not null
    group by lines.product, cast(orders.ordered_at as date)
),
gaps as (
    select
        *,
        day - lag(day) over (partition by product order by day) as gap
    from days
)
select
    product,
    count(*) as times,
    sum(quantity) as quantity,
    cast(sum(revenue) as double) as revenue,
    max(day) as last_day,
    quantile_cont(cast(gap as double), 0.5) as gap_days,
    max(day) + cast(round(quantile_cont(cast(gap as double), 0.5)) as integer) as due_day
from gaps
group by product
order by times desc, last_day desc, product
