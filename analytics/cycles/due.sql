-- Grain: one row per customer and refill product they hold, as known on the day $until: when it runs out, and whether something else speaks against writing.
-- times: days since the purchase over the days it lasts. substitute: the customer has bought another product of its family since.
with told as (
    select
        unnest($goods::integer[]) as good,
        unnest($cycles::double[]) as cycle,
        unnest($from_days::double[]) as from_days,
        unnest($until_days::double[]) as until_days
),
last_of as (
    select
        followed.buyer,
        followed.good,
        followed.day as last_day,
        followed.units,
        followed.revenue as spend
    from followed
    inner join told on told.good = followed.good
    where followed.day <= $until and coalesce(followed.next_day > $until, true)
),
last_of_family as (
    select
        purchases.buyer,
        products.family,
        max(purchases.day) as day
    from purchases
    inner join products on products.good = purchases.good
    where products.family is not null and purchases.nth is not null and purchases.day <= $until
    group by purchases.buyer, products.family
)
select
    buyers.customer_id,
    products.product_id,
    products.product,
    products.family,
    last_of.last_day,
    last_of.units,
    told.cycle,
    last_of.spend,
    last_of.last_day + cast(floor(least(last_of.units * told.cycle, 3650) + 0.5) as integer) as due_day,
    last_of.last_day + cast(floor(least(last_of.units * told.from_days, 3650) + 0.5) as integer) as window_from,
    last_of.last_day + cast(floor(least(last_of.units * told.until_days, 3650) + 0.5) as integer) as window_until,
    ($until - last_of.last_day) / (last_of.units * told.cycle) as times,
    coalesce(last_of_family.day > last_of.last_day, false) as substitute
from last_of
inner join told on told.good = last_of.good
inner join products on products.good = last_of.good
inner join buyers on buyers.buyer = last_of.buyer
left join last_of_family on last_of_family.buyer = last_of.buyer and last_of_family.family = products.family
order by due_day, buyers.customer_id, products.product_id
