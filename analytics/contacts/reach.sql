-- Grain: one row per customer of $customers: what their first buying day held, and how to reach them.
with chosen as (
    select
        orders.customer_id,
        orders.order_key,
        orders.nth,
        orders.ordered_at
    from orders
    inner join (select unnest($customers::varchar[]) as customer_id) as asked on asked.customer_id = orders.customer_id
),
first_baskets as (
    select
        chosen.customer_id,
        array_to_string(list_sort(list_distinct(list(lines.product))), $comma) as products
    from chosen
    inner join lines on lines.order_key = chosen.order_key
    where chosen.nth = 1 and lines.product is not null
    group by chosen.customer_id
),
contacts as (
    select
        chosen.customer_id,
        arg_max(checked.account, chosen.order_key) filter (where checked.account is not null) as account,
        arg_max(checked.email, chosen.order_key) filter (where checked.email is not null) as email,
        phone_digits(arg_max(checked.phone, chosen.order_key) filter (where not contains(checked.phone, '**'))) as phone,
        arg_max(checked.marketing, chosen.ordered_at) filter (where checked.marketing is not null) as marketing
    from chosen
    inner join staged.checked as checked on checked.order_key = chosen.order_key
    group by chosen.customer_id
)
select
    contacts.customer_id,
    contacts.account,
    contacts.email,
    contacts.phone,
    contacts.marketing,
    first_baskets.products as first_products
from contacts
left join first_baskets on first_baskets.customer_id = contacts.customer_id
