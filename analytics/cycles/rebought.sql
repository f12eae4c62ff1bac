-- Grain: one row: customers who hold a refill product, and would have been due between $earliest and $latest, had they not bought it again before.
with told as (
    select
        unnest($goods::integer[]) as good,
        unnest($cycles::double[]) as cycle
),
bought as (
    select
        followed.buyer,
        followed.day,
        followed.units * told.cycle as lasts
    from followed
    inner join told on told.good = followed.good
    where followed.next_day <= $until
)
select count(distinct buyer) as customers
from bought
where day + cast(floor(least(lasts, 3650) + 0.5) as integer) between $earliest and $latest
