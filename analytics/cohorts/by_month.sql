-- Grain: one row per month of the first buying day and window of N days; finished: even a customer of the month's last day is N days old.
with months as (
    select cast(unnest(generate_series(
        date_trunc('month', cast(start as timestamp)),
        date_trunc('month', cast(as_of as timestamp)),
        interval 1 month
    )) as date) as month
    from shop
),
windows as (
    select unnest($days::integer[]) as days
)
select
    months.month,
    windows.days,
    count(customers_won.customer_id) as size,
    count(customers_won.customer_id) filter (where customers_won.second_day - customers_won.first_day <= windows.days) as repurchased,
    cast(months.month + interval 1 month as date) - 1 + windows.days <= shop.as_of as finished
from months
cross join windows
cross join shop
left join customer_facts as customers_won
    on cast(date_trunc('month', customers_won.first_day) as date) = months.month
    and customers_won.first_day >= shop.start
group by months.month, windows.days, shop.as_of
order by windows.days, months.month
