-- Grain: one row per customer of $customers: the names that the latest order of each tells.
select
    customer_id,
    arg_max(account, order_key) filter (where account is not null) as account,
    arg_max(email, order_key) filter (where email is not null) as email,
    arg_max(phone, order_key) filter (where phone is not null and not contains(phone, '**')) as phone
from staged.order_facts
where list_contains($customers::varchar[], customer_id)
group by customer_id
order by customer_id
