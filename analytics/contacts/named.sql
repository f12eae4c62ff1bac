-- Grain: one row per customer whom one of $names means: an account, an e-mail, a phone (digits compared) or the masked label's id.
-- One comparison of equal values per kind of name: all of them in one condition would compare everybody with every name.
with asked as (
    select distinct trim(lower(unnest($names::varchar[]))) as name
),
tails as (
    select distinct right(regexp_replace(name, '\D', '', 'g'), 8) as digits
    from asked
    where length(regexp_replace(name, '\D', '', 'g')) >= 8
),
people as (
    select customer_id, label, revenue, account, email, phone from customers
),
called as (
    select customer_id, lower(customer_id) as name from people
    union all
    select customer_id, lower(account) as name from people
    union all
    select customer_id, lower(email) as name from people
),
meant as (
    select called.customer_id
    from called
    inner join asked on called.name = asked.name
    where asked.name <> ''
    union
    select people.customer_id
    from people
    inner join tails on tails.digits = right(regexp_replace(people.phone, '\D', '', 'g'), 8)
)
select
    people.customer_id,
    people.label,
    people.revenue
from people
inner join meant on people.customer_id = meant.customer_id
order by people.revenue desc, people.customer_id
