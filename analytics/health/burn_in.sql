-- Grain: one row: the gap within which 80 % of repurchases fall, and how many first buying days lie in the file's first months.
with gaps as (
    select gap as days
    from buying_days
    where gap is not null
),
burn_in as (
    select greatest(90, coalesce(ceil(quantile_cont(days, 0.8)), 90))::integer as days
    from gaps
),
began as (
    select min(cast(ordered_at as date)) as first_day
    from orders
)
select
    burn_in.days,
    began.first_day + burn_in.days as until,
    began.first_day + burn_in.days > shop.as_of as too_short,
    count(customers.first_day) as customers,
    count(customers.customer_id) filter (where customers.first_day < began.first_day + burn_in.days) as doubtful
from burn_in
cross join began
cross join shop
left join customer_facts as customers on true
group by burn_in.days, began.first_day, shop.as_of
