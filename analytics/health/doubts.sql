-- Grain: one row per layout of files whose dates could begin with the day as well as with the month.
with files as (
    select key, name, platform, region, doubtful_date from files
    union
    select key, name, platform, region, doubtful_date from staged.review_files
)
select
    platform,
    region,
    list(key order by name, key) as keys,
    list(name order by name, key) as names,
    arg_min(doubtful_date, (name, key)) as example
from files
where doubtful_date is not null
group by platform, region
order by platform, region
