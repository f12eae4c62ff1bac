-- Grain: one row per customer with an order that counts: the facts, what the first basket held, and how to reach them.
with first_baskets as (
    select
        orders.customer_id,
        list_sort(list_distinct(list(lines.product) filter (where lines.product is not null))) as products
    from orders
    inner join lines on lines.order_key = orders.order_key
    where orders.nth = 1
    group by orders.customer_id
),
contacts as (
    select
        orders.customer_id,
        arg_max(checked.account, (orders.ordered_at, orders.order_id, checked.account)) filter (where checked.account is not null) as account,
        arg_max(checked.email, (orders.ordered_at, orders.order_id, checked.email)) filter (where checked.email is not null) as email,
        phone_digits(arg_max(checked.phone, (orders.ordered_at, orders.order_id, checked.phone)) filter (where not contains(checked.phone, '**'))) as phone,
        arg_max(checked.marketing, (orders.ordered_at, orders.order_id, checked.marketing)) filter (where checked.marketing is not null) as marketing
    from orders
    inner join staged.checked as checked on checked.order_key = orders.order_key
    where orders.customer_id is not null
    group by orders.customer_id
)
select
    facts.customer_id,
    facts.label,
    facts.first_ordered_at,
    facts.last_ordered_at,
    facts.first_day,
    facts.second_day,
    facts.orders,
    facts.days,
    facts.revenue,
    first_baskets.products as first_products,
    contacts.account,
    contacts.email,
    contacts.phone,
    contacts.marketing
from customer_facts as facts
left join first_baskets on first_baskets.customer_id = facts.customer_id
left join contacts on contacts.customer_id = facts.customer_id
