-- Grain: one row per part of the shop (all of it, a payment, a delivery, a product, a month) and its name: what became of its orders of the period.
-- An order stands under each product that it holds. sent: its parcel left, and its file says what became of it, and would say that nobody took it.
with looked as (
    select
        order_key,
        coalesce(payment, '') as payment,
        coalesce(delivery, '') as delivery,
        cast(cast(date_trunc('month', day) as date) as varchar) as month,
        outcome,
        claims
    from parcels
    where in_period
),
parts as (
    select
        order_key,
        outcome,
        claims,
        unnest([
            {'part': 'all', 'name': ''}, {'part': 'payment', 'name': payment}, {'part': 'delivery', 'name': delivery}, {'part': 'month', 'name': month}
        ], recursive := true)
    from looked
    union all
    select distinct
        looked.order_key,
        looked.outcome,
        looked.claims,
        'product' as part,
        coalesce(lines.product, '') as name
    from looked
    inner join lines on lines.order_key = looked.order_key
)
select
    part,
    name,
    count(*) as orders,
    count(*) filter (where outcome = 'cancelled') as cancelled,
    count(*) filter (where outcome = 'unpaid') as unpaid,
    count(*) filter (where outcome = 'unclaimed') as unclaimed,
    count(*) filter (where outcome = 'returned') as returned,
    count(*) filter (where outcome = 'lost') as lost,
    count(*) filter (where outcome = 'open') as open,
    count(*) filter (where claims and outcome in ('done', 'returned', 'unclaimed')) as sent,
    count(*) filter (where outcome in ('done', 'returned')) as taken
from parts
group by part, name
order by part, orders desc, name
