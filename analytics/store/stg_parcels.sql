-- Grain: one row per order of one export of whose parcel its file tells something, as it is written there.
select
    keys.order_key,
    raw.fulfilment,
    raw.shipped_at,
    raw.completed_at,
    raw.ship_by,
    raw.delivery,
    raw.note
from staged.keys as keys
inner join raw_parcels as raw on raw.run = keys.taken_run
