-- Grain: one row per gift of the ledger, the latest first: what its receiver bought in the $days days after its own day.
with given as (
    select
        customer_id,
        day,
        gift,
        cost,
        coalesce(why, '') as why
    from gifts
),
bought as (
    select
        given.customer_id,
        given.day,
        given.gift,
        count(*) as orders,
        sum(orders.revenue) as revenue,
        min(cast(orders.ordered_at as date)) as came_on
    from given
    inner join orders
        on
            orders.customer_id = given.customer_id
            and cast(orders.ordered_at as date) between given.day + 1 and given.day + $days
    group by given.customer_id, given.day, given.gift
)
select
    given.customer_id,
    given.day,
    given.gift,
    given.cost,
    given.why,
    coalesce(bought.orders, 0) as orders,
    coalesce(bought.revenue, 0) as revenue,
    bought.came_on,
    given.day + $days <= shop.as_of as over
from given
cross join shop
left join bought on bought.customer_id = given.customer_id and bought.day = given.day and bought.gift = given.gift
order by given.day desc, given.customer_id, given.gift
