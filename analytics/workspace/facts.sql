-- Grain: one row per customer of $customers in this view of the shop.
select *
from customer_facts
where list_contains($customers::varchar[], customer_id)
order by customer_id
