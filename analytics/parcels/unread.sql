-- Grain: one row per order of whose parcel a time cannot be read, or lies before the order: what stands there.
select
    platform,
    shop,
    order_id,
    coalesce(unread, cast(case when shipped_at < day then shipped_at else completed_at end as varchar)) as written,
    unread is null as before_order
from parcels
where in_period and (unread is not null or shipped_at < day or completed_at < ordered_at)
order by day, platform, shop, order_id, order_key
