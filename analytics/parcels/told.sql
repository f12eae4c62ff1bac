-- Grain: one row: what the files of this view tell of parcels at all.
select
    count(*) as orders,
    coalesce(bool_or(cancel_reason is not null), false) as reasons,
    coalesce(bool_or(shipped_at is not null), false) as shipped,
    coalesce(bool_or(completed_at is not null), false) as completed,
    coalesce(bool_or(claims), false) as claims,
    count(unread) as unread,
    count(*) filter (where shipped_at < day or completed_at < ordered_at) as before_order
from parcels
where in_period
