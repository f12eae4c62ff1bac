-- Grain: one row per order that was still to be sent when its export was made: those that should leave first before the others.
-- before: the buyer's buying day before this one. newest: its export reaches as far as any of its shop.
with held as (
    select
        order_key,
        string_agg(
            coalesce(source_product, '?')
            || case when coalesce(variant, '') <> '' and not contains(coalesce(source_product, ''), variant) then ' (' || variant || ')' else '' end
            || ' × ' || coalesce(cast(cast(quantity as integer) as varchar), '?'),
            E'\n' order by line
        ) as items
    from lines
    where order_key in (select order_key from parcels where to_ship)
    group by order_key
)
select
    parcels.order_key,
    parcels.platform,
    parcels.shop,
    parcels.order_id,
    parcels.customer_id,
    masked_name(parcels.customer_id) as label,
    checked.account,
    checked.email,
    checked.phone,
    parcels.ordered_at,
    parcels.day,
    parcels.nth,
    earlier.day as before,
    parcels.ship_by,
    shop.as_of - parcels.day as waits,
    coalesce(cast(parcels.ship_by as date) < shop.as_of, false) as overdue,
    parcels.delivery,
    parcels.payment,
    parcels.note,
    parcels.revenue,
    parcels.newest,
    held.items
from parcels
cross join shop
left join staged.checked as checked on checked.order_key = parcels.order_key
left join held on held.order_key = parcels.order_key
left join buying_days as earlier on earlier.customer_id = parcels.customer_id and earlier.nth = parcels.nth - 1
where parcels.to_ship
order by parcels.newest desc, parcels.ship_by nulls last, parcels.ordered_at, parcels.order_id, parcels.order_key
