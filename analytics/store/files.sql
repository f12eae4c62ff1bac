-- Grain: one row per uploaded file.
with held as (
    select
        file,
        count(*) filter (where order_id is not null) as orders,
        cast(min(ordered_at) as date) as first,
        cast(max(ordered_at) as date) as last,
        max(currency) as currency
    from staged.checked
    group by file
)
select
    described.name,
    described.platform,
    described.region,
    described.shop,
    described.encoding,
    described.rows,
    coalesce(held.orders, 0) as orders,
    held.first,
    held.last,
    described.window_end,
    held.currency,
    described.notes
from described
left join held on held.file = described.name
order by described.name
