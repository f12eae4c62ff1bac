-- Grain: one row per person of the notebook who is a customer of the shop, whatever the filter.
-- A person is looked for by the customer key, then by e-mail, account and phone, of which each counts only where it means one customer.
with people as (
    select
        unnest($person::integer[]) as person,
        unnest($customer::varchar[]) as customer,
        unnest($account::varchar[]) as account,
        unnest($email::varchar[]) as email,
        unnest($phone::varchar[]) as phone
),
spoken as (
    select distinct
        customer_id,
        account,
        email,
        phone,
        right(translate(phone, '０１２３４５６７８９ -()./+', '0123456789'), 6) as ending
    from staged.order_facts
    where customer_id is not null
),
names as (
    select 'customer' as kind, customer_id as value, customer_id
    from spoken
    where customer_id in (select customer from people)
    union
    select 'email' as kind, email as value, customer_id
    from spoken
    where email in (select email from people)
    union
    select 'account' as kind, account as value, customer_id
    from spoken
    where account in (select account from people)
    union
    select 'phone' as kind, phone_digits(phone) as value, customer_id
    from spoken
    where ending in (select right(phone, 6) from people)
),
single as (
    select kind, value, min(customer_id) as customer_id
    from names
    group by kind, value
    having min(customer_id) = max(customer_id)
)
select
    people.person,
    coalesce(by_key.customer_id, by_email.customer_id, by_account.customer_id, by_phone.customer_id) as customer_id
from people
left join single as by_key on by_key.kind = 'customer' and by_key.value = people.customer
left join single as by_email on by_email.kind = 'email' and by_email.value = people.email
left join single as by_account on by_account.kind = 'account' and by_account.value = people.account
left join single as by_phone on by_phone.kind = 'phone' and by_phone.value = people.phone
where coalesce(by_key.customer_id, by_email.customer_id, by_account.customer_id, by_phone.customer_id) is not null
order by people.person
