-- Grain: one row: orders that were still to be sent when their export was made, of exports that reach as far as any of their shop.
select count(*) as orders
from parcels
where to_ship and newest
