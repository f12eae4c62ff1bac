-- Grain: one row per kind of task that the owner has put away: for this week (done, later), or for good (never).
select distinct task
from task_choices
where choice = 'never' or week = $week
order by task
