-- Grain: one row per day, per unit bought, at which a purchase of the product $product_id was followed by another (events), or at which watching ends.
with bought as (
    select
        followed.units,
        followed.day,
        followed.next_day - followed.day as gap
    from followed
    inner join products on products.good = followed.good
    where products.product_id = $product_id
),
timed as (
    select
        cast(floor(coalesce(bought.gap, shop.as_of - bought.day) / bought.units) as integer) as day,
        bought.gap is not null as event
    from bought
    cross join shop
)
select
    day,
    count(*) filter (where event) as events,
    count(*) filter (where not event) as censored
from timed
group by day
order by day
