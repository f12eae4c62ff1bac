-- Grain: one row per currency other than the shop's, with its orders.
select
    currency,
    count(*) as orders,
    sum(revenue) as revenue
from staged.checked
where reason = 'currency'
group by currency
order by orders desc, currency
