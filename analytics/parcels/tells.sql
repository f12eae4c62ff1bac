-- Grain: one row: whether any file of the shop would say that an order is still to be sent.
select coalesce(bool_or(len(to_ship) > 0), false) as tells
from staged.parcel_ways
