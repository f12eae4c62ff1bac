-- Grain: one row per customer of $customers: how to reach them, what they usually buy, and how long that usually lasts.
with chosen as (
    select unnest($customers::varchar[]) as customer_id
),
chosen_orders as (
    select
        orders.order_key,
        orders.customer_id,
        orders.ordered_at
    from orders
    inner join chosen on chosen.customer_id = orders.customer_id
),
reached as (
    select
        chosen_orders.customer_id,
        arg_max(checked.account, (chosen_orders.ordered_at, checked.order_id, checked.account)) filter (where checked.account is not null) as account,
        arg_max(checked.email, (chosen_orders.ordered_at, checked.order_id, checked.email)) filter (where checked.email is not null) as email,
        phone_digits(arg_max(checked.phone, (chosen_orders.ordered_at, checked.order_id, checked.phone)) filter (where not contains(checked.phone, '**'))) as phone,
        arg_max(lower(checked.marketing), (chosen_orders.ordered_at, checked.order_id, checked.marketing)) filter (where checked.marketing is not null) as marketing
    from chosen_orders
    inner join staged.checked as checked on checked.order_key = chosen_orders.order_key
    group by chosen_orders.customer_id
),
favourites as (
    select
        chosen_orders.customer_id,
        lines.product,
        count(distinct cast(chosen_orders.ordered_at as date)) as times,
        max(cast(chosen_orders.ordered_at as date)) as last_day,
        sum(cast(lines.revenue as decimal(18, 4))) as revenue
    from order_lines as lines
    inner join chosen_orders on chosen_orders.order_key = lines.order_key
    inner join products on products.product = lines.product and products.counts
    group by chosen_orders.customer_id, lines.product
),
placed as (
    select
        *,
        row_number() over (partition by customer_id order by times desc, last_day desc, revenue desc, product) as place
    from favourites
),
usual as (
    select *
    from placed
    where place = 1
),
product_days as (
    select distinct
        orders.customer_id,
        lines.product,
        cast(orders.ordered_at as date) as day
    from order_lines as lines
    inner join orders on orders.order_key = lines.order_key
    where orders.customer_id is not null
        and lines.product in (select product from usual)
),
gaps as (
    select
        product,
        day - lag(day) over (partition by customer_id, product order by day) as gap
    from product_days
),
cycles as (
    select
        product,
        quantile_cont(cast(gap as double), 0.5) as cycle
    from gaps
    where gap is not null
    group by product
    having count(*) >= $least_gaps
)
select
    facts.customer_id,
    facts.label,
    reached.account,
    reached.email,
    reached.phone,
    reached.marketing in ('yes', 'true', '1', 'y', 't', '是', '同意', 'subscribed') as marketing,
    cast(facts.last_ordered_at as date) as last_day,
    usual.product as usual_product,
    usual.times as usual_times,
    coalesce(cycles.cycle, $shop_cycle) as cycle
from chosen
inner join customer_facts as facts on facts.customer_id = chosen.customer_id
left join reached on reached.customer_id = facts.customer_id
left join usual on usual.customer_id = facts.customer_id
left join cycles on cycles.product = usual.product
order by facts.customer_id
