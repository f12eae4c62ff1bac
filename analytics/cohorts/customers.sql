-- Grain: one row per customer of one cohort, with what they had done by one age; see cells.sql for $grain and $step.
with customers_won as (
    select
        customers.customer_id,
        customers.first_day
    from customer_facts as customers
    cross join shop
    where customers.first_day >= shop.start
        and cast(date_trunc($grain, customers.first_day) as date) = $cohort
),
aged as (
    select
        orders.customer_id,
        orders.nth,
        orders.revenue,
        case
            when $step > 0 then (cast(orders.ordered_at as date) - customers_won.first_day) // $step
            when $grain = 'week' then (cast(date_trunc('week', orders.ordered_at) as date) - $cohort) // 7
            when $grain = 'month' then year(orders.ordered_at) * 12 + month(orders.ordered_at) - year($cohort) * 12 - month($cohort)
            else year(orders.ordered_at) * 4 + quarter(orders.ordered_at) - year($cohort) * 4 - quarter($cohort)
        end as age
    from orders
    inner join customers_won on customers_won.customer_id = orders.customer_id
),
done as (
    select
        customer_id,
        max(case when age = $age then 1 else 0 end) = 1 as active,
        max(case when age <= $age and nth = 2 then 1 else 0 end) = 1 as repurchased,
        max(case when age >= $age then 1 else 0 end) = 1 as later,
        cast(sum(case when age <= $age then revenue else 0 end) as double) as revenue_by_then
    from aged
    group by customer_id
)
select
    customers.*,
    done.active,
    done.repurchased,
    done.later,
    done.revenue_by_then
from done
inner join customer_facts as customers on customers.customer_id = done.customer_id
order by customers.revenue desc, customers.customer_id
