-- Grain: one row per customer of $customers: how to reach them, what they usually buy, and how long that usually lasts.
with chosen as (
    select unnest($customers::varchar[]) as customer_id
),
names as (
    select distinct product
    from order_lines
    where product is not null
),
products as (
    select product
    from names
    where not regexp_matches(product, $not_products)
),
favourites as (
    select
        orders.customer_id,
        lines.product,
        count(distinct cast(orders.ordered_at as date)) as times,
        max(cast(orders.ordered_at as date)) as last_day,
        sum(lines.revenue) as revenue
    from order_lines as lines
    inner join products on products.product = lines.product
    inner join orders on orders.order_key = lines.order_key
    inner join chosen on chosen.customer_id = orders.customer_id
    group by orders.customer_id, lines.product
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
    customers.customer_id,
    customers.label,
    customers.account,
    customers.email,
    customers.phone,
    case
        when customers.marketing is null then null
        else lower(customers.marketing) in ('yes', 'true', '1', 'y', 't', '是', '同意', 'subscribed')
    end as marketing,
    cast(customers.last_ordered_at as date) as last_day,
    usual.product as usual_product,
    usual.times as usual_times,
    coalesce(cycles.cycle, $shop_cycle) as cycle
from chosen
inner join customers on customers.customer_id = chosen.customer_id
left join usual on usual.customer_id = customers.customer_id
left join cycles on cycles.product = usual.product
order by customers.customer_id
