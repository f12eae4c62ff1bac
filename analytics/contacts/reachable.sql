-- Grain: one row per customer: by which ways the export lets them be reached, and whether they accept marketing.
with told as (
    select
        orders.customer_id,
        bool_or(checked.account is not null) as account,
        bool_or(checked.email is not null) as email,
        phone_digits(arg_max(checked.phone, (orders.ordered_at, checked.order_id, checked.phone)) filter (where not contains(checked.phone, '**'))) as phone,
        arg_max(lower(checked.marketing), (orders.ordered_at, checked.order_id, checked.marketing)) filter (where checked.marketing is not null) as marketing
    from orders
    inner join staged.checked as checked on checked.order_key = orders.order_key
    where orders.customer_id is not null
    group by orders.customer_id
)
select
    customer_id,
    account,
    email,
    phone,
    marketing in ('yes', 'true', '1', 'y', 't', '是', '同意', 'subscribed') as marketing
from told
order by customer_id
