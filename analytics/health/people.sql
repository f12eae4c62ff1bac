-- Grain: one row: orders that count by what is known of their buyer, and how many customers can be reached.
with buyers as (
    select
        orders.customer_id,
        checked.masked
    from orders
    inner join staged.checked as checked on checked.order_key = orders.order_key
),
orders_by_buyer as (
    select
        count(*) as orders,
        count(customer_id) as known,
        count(*) filter (where customer_id is null and masked) as masked,
        count(*) filter (where customer_id is null and not coalesce(masked, false)) as guests
    from buyers
),
reachable as (
    select
        count(*) as customers,
        count(email) as with_email,
        count(phone) as with_phone
    from customers
)
select
    orders_by_buyer.orders,
    orders_by_buyer.known,
    orders_by_buyer.masked,
    orders_by_buyer.guests,
    reachable.customers,
    reachable.with_email,
    reachable.with_phone
from orders_by_buyer
cross join reachable
