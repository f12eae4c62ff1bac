-- Grain: one row per customer with an order in the period; days, revenue and first day are of the whole history up to its end.
with bought as (
    select
        customer_id,
        min(ordered_at) as first_ordered_at,
        max(ordered_at) as last_ordered_at,
        count(*) as orders,
        max(nth) as days,
        sum(revenue) as revenue
    from orders
    where customer_id is not null
    group by customer_id
    having bool_or(in_period)
),
first_baskets as (
    select
        orders.customer_id,
        list_sort(list_distinct(list(lines.product) filter (where lines.product is not null))) as products
    from orders
    inner join staged.lines as lines on lines.order_key = orders.order_key
    where orders.nth = 1
    group by orders.customer_id
),
contacts as (
    select
        orders.customer_id,
        arg_max(checked.account, orders.order_key) filter (where checked.account is not null) as account,
        arg_max(checked.email, orders.order_key) filter (where checked.email is not null) as email,
        arg_max(checked.phone, orders.order_key) filter (where checked.phone is not null and checked.phone <> '**') as phone,
        arg_max(checked.marketing, orders.ordered_at) filter (where checked.marketing is not null) as marketing
    from orders
    inner join staged.checked as checked on checked.order_key = orders.order_key
    where orders.customer_id is not null
    group by orders.customer_id
)
select
    bought.customer_id,
    case
        when contains(bought.customer_id, '@')
            then left(bought.customer_id, 1) || '***' || regexp_extract(bought.customer_id, '@.*$')
        when length(bought.customer_id) < 4 then left(bought.customer_id, 1) || '***'
        else left(bought.customer_id, 2) || '***' || right(bought.customer_id, 1)
    end as label,
    bought.first_ordered_at,
    bought.last_ordered_at,
    bought.orders,
    bought.days,
    bought.revenue,
    first_baskets.products as first_products,
    contacts.account,
    contacts.email,
    contacts.phone,
    contacts.marketing
from bought
left join first_baskets on first_baskets.customer_id = bought.customer_id
left join contacts on contacts.customer_id = bought.customer_id
order by bought.first_ordered_at, bought.customer_id
