-- Grain: one row per name, other than a customer's own key, that means one customer of the shop: an account, an e-mail, a phone (as digits).
with accounts as (
    select distinct account as value, customer_id
    from staged.order_facts
    where account <> customer_id
),
emails as (
    select distinct email as value, customer_id
    from staged.order_facts
    where email <> customer_id
),
phones as (
    select distinct phone, customer_id
    from staged.order_facts
    where phone <> customer_id
),
spoken as (
    select 'account' as kind, value, customer_id from accounts
    union all
    select 'email' as kind, value, customer_id from emails
    union all
    select 'phone' as kind, phone_digits(phone) as value, customer_id from phones
)
select
    kind,
    value,
    min(customer_id) as customer_id
from spoken
where value is not null
    and value <> customer_id
    and value not like '%**%'
group by kind, value
having min(customer_id) = max(customer_id)
