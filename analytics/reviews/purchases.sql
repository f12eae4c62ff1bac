-- Grain: one row per review of an order that counts by a known customer: which of the customer's purchases it was, and when the next one came.
with followed as (
    select
        customer_id,
        nth,
        day,
        lead(day) over (partition by customer_id order by nth) as next_day
    from buying_days
)
select
    reviews.review_key,
    orders.customer_id,
    orders.nth,
    followed.day,
    followed.next_day - followed.day as days_to_next,
    shop.as_of - followed.day as days_watched,
    followed.day >= shop.start as in_period
from reviews
inner join orders on orders.order_key = reviews.order_key
inner join followed on followed.customer_id = orders.customer_id and followed.nth = orders.nth
cross join shop
order by reviews.review_key
