-- Grain: one row per campaign of the diary whose last day lies from $from_day to $until_day.
select name
from campaigns
where coalesce(last_day, first_day) between $from_day and $until_day
order by coalesce(last_day, first_day), name, first_day
