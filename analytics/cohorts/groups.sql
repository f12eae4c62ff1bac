-- Grain: one row per customer won and group they belong to by their first buying day; two products bought that day make two rows.
-- name is NULL where the order tells nothing (no coupon, no city). Groups of fewer than $least customers, and all but the $most largest, are left out.
with campaigns as (
    select
        unnest($starts::date[]) as first_day,
        unnest($ends::date[]) as last_day
),
first_orders as (
    select
        orders.order_key,
        orders.customer_id,
        cast(orders.ordered_at as date) as day,
        orders.gross,
        orders.seller_discount + orders.platform_discount as discount,
        nullif(orders.coupon, '') as coupon,
        orders.channel,
        orders.city,
        orders.shop,
        orders.payment
    from orders
    cross join shop
    where orders.nth = 1 and cast(orders.ordered_at as date) >= shop.start
),
first_lines as (
    select
        first_orders.customer_id,
        case when $cut = 'product' then lines.product else lines.category end as name
    from first_orders
    inner join lines on lines.order_key = first_orders.order_key
    where $cut in ('product', 'category')
),
first_days as (
    select
        customer_id,
        min(day) as day,
        sum(gross) as gross,
        sum(discount) as discount,
        max(coupon) as coupon
    from first_orders
    group by customer_id
),
named as (
    select distinct customer_id, name
    from first_lines
    where name is not null
    union all
    select distinct
        customer_id,
        case $cut when 'code' then coupon when 'channel' then channel when 'city' then city when 'shop' then shop else payment end as name
    from first_orders
    where $cut in ('code', 'channel', 'city', 'shop', 'payment')
    union all
    select
        customer_id,
        case when coupon is null and coalesce(discount, 0) <= 0 then 'full price' else 'discounted' end as name
    from first_days
    where $cut = 'coupon'
    union all
    select
        customer_id,
        case
            when coalesce(discount, 0) <= 0 or coalesce(gross, 0) <= 0 then '0 %'
            when round(discount / gross, 2) <= 0.1 then '1-10 %'
            when round(discount / gross, 2) <= 0.2 then '11-20 %'
            when round(discount / gross, 2) <= 0.3 then '21-30 %'
            else '31 %+'
        end as name
    from first_days
    where $cut = 'depth'
    union all
    select distinct
        first_days.customer_id,
        case when campaigns.first_day is null then 'rest' else 'campaign' end as name
    from first_days
    left join campaigns on first_days.day between campaigns.first_day and campaigns.last_day
    where $cut = 'campaign'
),
sizes as (
    select
        name,
        count(*) as customers,
        row_number() over (order by count(*) desc, name) as place
    from named
    group by name
)
select
    named.customer_id,
    named.name
from named
inner join sizes on sizes.name is not distinct from named.name
where sizes.customers >= $least and sizes.place <= $most
order by named.name, named.customer_id
