-- Grain: one row per product that known customers bought: the days between two purchases of it per unit bought, as they were known on the day $until.
-- n: gaps. old: purchases watched for twice the usual time; again: of them, followed by another in that time. var_log: variance of the natural
-- logarithm of the gaps (half a day at least).
with bought as (
    select
        good,
        day,
        units,
        case when next_day <= $until then next_day - day end as gap
    from followed
    where day <= $until
),
cut as (
    select
        good,
        count(gap) as n,
        quantile_cont(gap / units, [0.25, 0.5, 0.75, 0.8]) as cuts,
        coalesce(var_samp(ln(greatest(gap / units, 0.5))), 0) as var_log,
        avg(units) as units
    from bought
    where gap is not null
    group by good
),
judged as (
    select
        bought.good,
        count(*) as purchases,
        max(bought.units) as most_units,
        count(*) filter (where $until - bought.day >= 2 * cut.cuts[2] * bought.units) as old,
        count(*) filter (
            where $until - bought.day >= 2 * cut.cuts[2] * bought.units and bought.gap <= 2 * cut.cuts[2] * bought.units
        ) as again
    from bought
    left join cut on cut.good = bought.good
    group by bought.good
)
select
    products.good,
    products.product_id,
    products.product,
    products.family,
    products.kind,
    products.kind_guessed,
    products.days_per_pack,
    judged.purchases,
    judged.most_units,
    coalesce(cut.n, 0) as n,
    cut.cuts[2] as median,
    cut.cuts[1] as p25,
    cut.cuts[3] as p75,
    cut.cuts[4] as p80,
    cut.var_log,
    judged.old,
    judged.again
from judged
inner join products on products.good = judged.good
left join cut on cut.good = judged.good
order by n desc, products.product_id
