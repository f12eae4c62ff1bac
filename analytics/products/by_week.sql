-- Grain: one row per week (its Monday) from the first order to the as-of day: orders of the product $product_id, and its revenue.
with weeks as (
    select cast(unnest(generate_series(
        date_trunc('week', (select min(day) from placed)), date_trunc('week', shop.as_of), interval 7 day
    )) as date) as week
    from shop
),
sold as (
    select
        cast(date_trunc('week', purchases.day) as date) as week,
        sum(purchases.orders) as orders,
        sum(purchases.revenue) as revenue
    from purchases
    inner join products on products.good = purchases.good
    where products.product_id = $product_id
    group by date_trunc('week', purchases.day)
)
select
    weeks.week,
    coalesce(sold.orders, 0) as orders,
    coalesce(sold.revenue, 0) as revenue,
    weeks.week + 6 <= shop.as_of as finished
from weeks
cross join shop
left join sold on sold.week = weeks.week
order by weeks.week
