-- Grain: one row per step (1: from the 1st to the 2nd buying day; the last step holds all further ones) and one for all (step 0), in days.
with gaps as (
    select
        case when nth - 1 < $steps then nth - 1 else $steps end as step,
        gap
    from buying_days
),
pooled as (
    select step, gap from gaps where step >= 1
    union all
    select 0 as step, gap from gaps where step >= 1
),
summed as (
    select
        step,
        count(gap) as gaps,
        quantile_cont(gap, [0.25, 0.5, 0.75, 0.8]) as cuts
    from pooled
    group by step
)
select
    step,
    gaps,
    cuts[1] as p25,
    cuts[2] as median,
    cuts[3] as p75,
    cuts[4] as p80
from summed
order by step
