-- Grain: one row per customer, as in `customer_totals`, with what a screen may show of who they are.
select
    customer_id,
    masked_name(customer_id) as label,
    * exclude (customer_id)
from customer_totals
