-- Grain: one row per known customer who wrote one of the reviews $keys: their latest one.
select
    coalesce(reviews.customer_id, orders.customer_id) as customer_id,
    arg_max(reviews.review_key, (reviews.reviewed_at, reviews.review_key)) as review_key,
    max(cast(reviews.reviewed_at as date)) as complained_on
from reviews
left join orders on orders.order_key = reviews.order_key
where list_contains($keys::bigint[], reviews.review_key)
    and reviews.reviewed_at is not null
    and coalesce(reviews.customer_id, orders.customer_id) is not null
group by 1
order by 1
