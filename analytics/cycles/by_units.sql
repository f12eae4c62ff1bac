-- Grain: one row per number of units bought at once of the product $product_id (5: five or more): the days until the next purchase of it.
with bought as (
    select
        followed.units,
        followed.next_day - followed.day as gap
    from followed
    inner join products on products.good = followed.good
    where products.product_id = $product_id
),
cut as (
    select
        cast(case when units >= 5 then 5 else greatest(round(units), 1) end as integer) as units,
        count(gap) as n,
        quantile_cont(cast(gap as double), [0.25, 0.5, 0.75]) as cuts
    from bought
    where gap is not null
    group by case when units >= 5 then 5 else greatest(round(units), 1) end
)
select
    units,
    n,
    cuts[1] as p25,
    cuts[2] as median,
    cuts[3] as p75
from cut
order by units
