-- Grain: one row per step (as in gaps.sql, without "all") and span of $width days that holds a gap between two buying days.
with gaps as (
    select
        case when nth - 1 < $steps then nth - 1 else $steps end as step,
        gap
    from buying_days
)
select
    step,
    gap // $width * $width as from_day,
    count(*) as gaps
from gaps
where step >= 1 and gap is not null
group by step, gap // $width * $width
order by step, from_day
