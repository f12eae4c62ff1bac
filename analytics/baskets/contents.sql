-- Grain: one row per order of the period and product in it, as in the table of that name.
select
    order_key,
    good
from contents
