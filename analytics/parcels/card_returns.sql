-- Grain: one row per card: to how many customers it was given, and how many of them came back with its code, on a later day.
-- other_orders: orders with the code by anybody else. A code that several cards have counts for each card among those it was given to.
with cards as (
    select
        unnest($cards::varchar[]) as card,
        unnest($codes::varchar[]) as code
),
given as (
    select
        substr(list, 6) as card,
        customer_id,
        min(day) as day
    from contact_log
    where starts_with(list, 'card/') and not coalesce(held_out, false)
    group by 1, 2
),
used as (
    select
        cards.card,
        orders.order_key,
        orders.customer_id,
        cast(orders.ordered_at as date) as day,
        orders.revenue
    from cards
    inner join orders
        on cards.code <> ''
        and list_contains(list_transform(string_split(lower(orders.coupon), ','), lambda code: trim(code)), lower(trim(cards.code)))
),
tied as (
    select
        used.card,
        used.order_key,
        used.customer_id,
        used.revenue,
        given.customer_id is not null as of_given
    from used
    left join given on given.card = used.card and given.customer_id = used.customer_id and used.day > given.day
),
counted as (
    select
        card,
        count(distinct customer_id) filter (where of_given) as back,
        count(*) filter (where of_given) as orders,
        coalesce(sum(revenue) filter (where of_given), 0) as revenue,
        count(*) filter (where not of_given) as other_orders
    from tied
    group by card
),
handed as (
    select
        card,
        count(*) as given,
        max(day) as last_day
    from given
    group by card
)
select
    cards.card,
    cards.code,
    coalesce(handed.given, 0) as given,
    handed.last_day,
    coalesce(counted.back, 0) as back,
    coalesce(counted.orders, 0) as orders,
    coalesce(cast(counted.revenue as double), 0) as revenue,
    coalesce(counted.other_orders, 0) as other_orders
from cards
left join handed on handed.card = cards.card
left join counted on counted.card = cards.card
order by cards.card
