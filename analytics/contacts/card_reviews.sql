-- Grain: one row per review that one customer wrote, the latest first.
select
    reviewed_at,
    rating,
    product,
    text,
    reply
from reviews
where customer_id = $customer_id
order by reviewed_at desc nulls last, review_key
