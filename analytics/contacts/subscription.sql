-- Grain: one row per customer and product bought on $least_times days or more, at steady gaps, and not long overdue.
with product_days as (
    select
        orders.customer_id,
        lines.product,
        cast(orders.ordered_at as date) as day,
        sum(lines.quantity - lines.returned) as quantity,
        sum(cast(lines.revenue as decimal(18, 4))) as revenue
    from order_lines as lines
    inner join products on products.product = lines.product and products.counts
    inner join orders on orders.order_key = lines.order_key
    where orders.customer_id is not null
    group by orders.customer_id, lines.product, cast(orders.ordered_at as date)
),
gaps as (
    select
        *,
        day - lag(day) over (partition by customer_id, product order by day) as gap
    from product_days
),
habits as (
    select
        customer_id,
        product,
        count(*) as times,
        max(day) as last_day,
        quantile_cont(cast(gap as double), 0.5) as gap_days,
        round(stddev_pop(gap) / nullif(avg(gap), 0), 9) as variation,
        round(avg(quantity), 9) as quantity,
        cast(sum(revenue) as double) / count(*) as spend
    from gaps
    group by customer_id, product
    having count(*) >= $least_times
)
select
    customers.customer_id,
    customers.label,
    customers.account,
    customers.email,
    customers.phone,
    habits.product,
    habits.times,
    habits.gap_days,
    habits.variation,
    habits.quantity,
    habits.last_day,
    habits.last_day + cast(round(habits.gap_days) as integer) as due_day,
    habits.spend * 365 / habits.gap_days as spend_a_year,
    habits.spend * 365 / habits.gap_days * $saving as saving_a_year
from habits
inner join customers on customers.customer_id = habits.customer_id
cross join shop
where habits.variation <= $variation
    and habits.spend > 0
    and shop.as_of - habits.last_day <= $overdue * habits.gap_days
order by spend_a_year desc, customers.customer_id, habits.product
