-- Grain: one row per day stood on ($stood, in their order): the shop's median interval between buying days, as known then; NULL: nobody had come back.
with stands as (
    select
        unnest($stood::date[]) as stood,
        unnest(range(len($stood::date[]))) as place
),
visits as (
    select
        buyer,
        nth,
        day
    from placed
    where nth is not null and mark = 1
),
gaps as (
    select
        visits.day,
        cast(visits.day - earlier.day as double) as gap
    from visits
    inner join visits as earlier on earlier.buyer = visits.buyer and earlier.nth = visits.nth - 1
)
select
    stands.stood,
    quantile_cont(gaps.gap, 0.5) as gap
from stands
left join gaps on gaps.day <= stands.stood
group by stands.place, stands.stood
order by stands.place
