-- Grain: one row per review with a known customer or order: whose it is, and what the order was worth.
select
    reviews.review_key,
    customers.label as label_customer,
    customers.account,
    customers.email,
    customers.phone,
    customers.days,
    customers.revenue,
    cast(orders.revenue as double) as order_revenue,
    coalesce(orders.order_id, excluded_orders.order_id) as order_id,
    cast(coalesce(orders.ordered_at, excluded_orders.ordered_at) as date) as ordered_on,
    excluded_orders.reason as left_out
from reviews
left join customers on customers.customer_id = reviews.customer_id
left join orders on orders.order_key = reviews.order_key
left join staged.reviews as staged_reviews on staged_reviews.review_key = reviews.review_key
left join excluded_orders on excluded_orders.order_key = staged_reviews.order_key
where reviews.customer_id is not null or staged_reviews.order_key is not null
order by reviews.review_key
