-- Grain: one row per group that is looked at, customers won from $since on and $days days old alone, and one, cut 'all', for all of them: how many,
-- and how many were back in time. Groups as in groups.sql; month is the one in which they were won, where all of it is old enough.
with won as (
    select
        facts.customer_id,
        strftime(facts.first_day, '%Y-%m') as month,
        cast(date_trunc('month', facts.first_day) + interval 1 month as date) - 1 + $days <= shop.as_of as finished,
        coalesce(facts.second_day - facts.first_day <= $days, false) as back
    from customer_facts as facts
    cross join shop
    where facts.first_day >= shop.start
        and facts.first_day >= $since
        and shop.as_of - facts.first_day >= $days
),
first_orders as (
    select
        orders.order_key,
        orders.customer_id,
        nullif(orders.coupon, '') as code,
        orders.channel,
        orders.city
    from orders
    cross join shop
    where orders.nth = 1 and cast(orders.ordered_at as date) >= shop.start
),
named as (
    select distinct
        'product' as cut,
        first_orders.customer_id,
        lines.product as name
    from first_orders
    inner join lines on lines.order_key = first_orders.order_key
    where lines.product is not null
    union all
    select distinct unnest(['code', 'channel', 'city']), customer_id, unnest([code, channel, city])
    from first_orders
),
kept as (
    select cut, name
    from named
    group by cut, name
    having count(*) >= $least
    qualify row_number() over (partition by cut order by count(*) desc, name) <= $most
)
select
    named.cut,
    named.name,
    count(*) filter (where won.back) as back,
    count(*) as customers
from named
inner join kept on kept.cut = named.cut and kept.name is not distinct from named.name
inner join won on won.customer_id = named.customer_id
group by named.cut, named.name
union all
select
    'month' as cut,
    month as name,
    count(*) filter (where back) as back,
    count(*) as customers
from won
where finished
group by month
union all
select
    'all' as cut,
    null as name,
    count(*) filter (where back) as back,
    count(*) as customers
from won
order by cut, name
