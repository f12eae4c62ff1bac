-- Grain: one row per file whose dates could begin with the day as well as with the month.
with files as (
    select key, name, platform, region, doubtful_date from files
    union all
    select key, name, platform, region, doubtful_date from staged.review_files
)
select distinct
    key,
    name,
    platform,
    region,
    doubtful_date
from files
where doubtful_date is not null
order by platform, region, name, key
