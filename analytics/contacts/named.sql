-- Grain: one row per customer whom one of $names means: an account, an e-mail, a phone (digits compared) or the masked label's id.
with asked as (
    select distinct trim(lower(unnest($names::varchar[]))) as name
)
select distinct
    customers.customer_id,
    customers.label,
    customers.revenue
from customers
inner join asked
    on asked.name <> ''
    and (
        asked.name = lower(customers.customer_id)
        or asked.name = lower(customers.account)
        or asked.name = lower(customers.email)
        or (
            length(regexp_replace(asked.name, '\D', '', 'g')) >= 8
            and right(regexp_replace(asked.name, '\D', '', 'g'), 8) = right(regexp_replace(customers.phone, '\D', '', 'g'), 8)
        )
    )
order by customers.revenue desc, customers.customer_id
