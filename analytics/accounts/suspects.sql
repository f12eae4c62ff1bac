-- Grain: one row per account with two signs or more that it does not buy as customers do, the most revenue first.
with order_units as (
    select
        order_key,
        sum(quantity) as units
    from order_lines
    group by order_key
),
bought as (
    select
        orders.customer_id,
        orders.revenue,
        order_units.units,
        case when regexp_matches(coalesce(orders.coupon, ''), $names) then 1.0 else 0.0 end as coupon_hints
    from orders
    left join order_units on order_units.order_key = orders.order_key
    where orders.customer_id is not null
),
shop_units as (
    select quantile_cont(cast(units as double), 0.5) as usual_units
    from bought
),
shop_gap as (
    select quantile_cont(cast(gap as double), 0.5) as usual_gap
    from buying_days
),
shop_customers as (
    select
        count(*) as customers,
        sum(revenue) as revenue,
        quantile_cont(cast(revenue as double), 0.5) as usual_revenue
    from customer_facts
),
own_orders as (
    select
        customer_id,
        quantile_cont(cast(units as double), 0.5) as units,
        avg(coupon_hints) as coupon_hints
    from bought
    group by customer_id
),
own_gaps as (
    select
        customer_id,
        quantile_cont(cast(gap as double), 0.5) as gap
    from buying_days
    group by customer_id
),
signs as (
    select
        facts.customer_id,
        facts.label,
        cast(facts.revenue as double) as revenue,
        cast(facts.revenue as double) / nullif(cast(shop_customers.revenue as double), 0) as share,
        facts.orders,
        facts.days,
        own_orders.units,
        own_gaps.gap,
        coalesce(
            facts.revenue >= $least_share * shop_customers.revenue
            and facts.revenue >= $times_revenue * shop_customers.usual_revenue, false
        ) as by_share,
        coalesce(
            own_orders.units >= $least_units and own_orders.units >= $times_units * shop_units.usual_units, false
        ) as by_units,
        coalesce(facts.days >= $least_days and own_gaps.gap * $times_pace <= shop_gap.usual_gap, false) as by_pace,
        regexp_matches(facts.customer_id, $names) or own_orders.coupon_hints > 0.5 as by_name
    from customer_facts as facts
    inner join own_orders on own_orders.customer_id = facts.customer_id
    inner join own_gaps on own_gaps.customer_id = facts.customer_id
    cross join shop_customers
    cross join shop_units
    cross join shop_gap
    where shop_customers.customers >= $least_customers
)
select *
from signs
where cast(by_share as integer) + cast(by_units as integer) + cast(by_pace as integer) + cast(by_name as integer) >= 2
order by revenue desc, customer_id
