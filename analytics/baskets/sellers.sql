-- Grain: one row: how many products stand in $least orders of the period or more.
select count(*) as products
from (
    select purchases.good
    from purchases
    inner join products on products.good = purchases.good
    where purchases.in_period and products.kind <> 'bundle'
    group by purchases.good
    having sum(purchases.orders) >= $least
) as sellers
