-- Grain: one row per run of an order number that has several runs in one export: the order it is of, and whether its lines are that order's.
-- An order that stands in the file again, apart from its first place, line for line, was pasted twice; so was one whose own fields stand there
-- twice ($whole). Of the copies the furthest along is kept, then the last. Where each line has its status ($by_line), those that came to
-- nothing are left out of an order of which another line counts.
with runs as (
    select
        raw.run,
        raw.first_line,
        raw.rows,
        raw.anchored,
        raw.order_id,
        raw.ordered_at,
        contexts.snapshot,
        contexts.means,
        plain_id(raw.platform_order_id) as own_id,
        cast(shop_clock(raw.ordered_at, $formats, $ordering) as date) as day,
        coalesce(nullif(lower(trim(raw.email)), ''), nullif(trim(raw.account), ''), phone_digits(nullif(trim(raw.phone), ''))) as buyer,
        raw.gross,
        coalesce(raw.first_line = lag(raw.first_line + raw.rows) over (partition by contexts.snapshot, raw.order_id order by raw.first_line), false) as goes_on
    from staged.keys as keys
    inner join raw_runs as raw on raw.order_id = keys.order_id
    inner join staged.contexts as contexts on contexts.context_key = raw.context_key and contexts.snapshot = keys.snapshot
    where keys.runs > 1
        and not keys.is_refund
        and not coalesce(cast(raw.negative as boolean), false)
),
numbers as (
    select
        snapshot,
        order_id,
        count(distinct own_id) > 1 as has_ids,
        count(distinct buyer) > 1 and max(day) - min(day) > 1 as has_days
    from runs
    group by snapshot, order_id
),
told_apart as (
    select
        runs.*,
        case
            when numbers.has_ids then coalesce(
                runs.own_id,
                min(runs.own_id) over (partition by runs.snapshot, runs.order_id, runs.ordered_at),
                last_value(runs.own_id ignore nulls) over (
                    partition by runs.snapshot, runs.order_id order by runs.first_line rows between unbounded preceding and current row
                ),
                ''
            )
            when numbers.has_days then coalesce(cast(runs.day as varchar), '')
            else ''
        end as identity
    from runs
    inner join numbers on numbers.snapshot = runs.snapshot and numbers.order_id = runs.order_id
),
stretches as (
    select
        *,
        min(first_line) over (partition by snapshot, order_id, identity) as order_key,
        sum(case when not goes_on or ($whole and anchored) then 1 else 0 end) over (partition by snapshot, order_id, identity order by first_line) as stretch
    from told_apart
),
contents as (
    select
        stretches.order_key,
        stretches.stretch,
        list_sort(list(coalesce(
            lines.line_id,
            concat_ws(chr(31), products.product_id, products.product, products.variant, products.sku, lines.price, lines.quantity, lines.line_total)
        ))) as content,
        sum(coalesce(lines.line_total, line_value(lines.price, amount_or(lines.quantity, lines.quantity_unread, 1)))) as value
    from stretches
    inner join raw_lines as lines on lines.run = stretches.run
    inner join raw_products as products on products.product_key = lines.product_key
    group by stretches.order_key, stretches.stretch
),
facts as (
    select
        stretches.order_key,
        stretches.stretch,
        bool_or(stretches.anchored) as anchored,
        max(case stretches.means when 'cancelled' then 3 when 'refunded' then 3 when 'counts' then 2 when 'unlisted' then 1 else 0 end) as along,
        max(stretches.gross) as gross,
        any_value(contents.content) as content,
        any_value(contents.value) as value
    from stretches
    inner join contents on contents.order_key = stretches.order_key and contents.stretch = stretches.stretch
    group by stretches.order_key, stretches.stretch
),
alike as (
    select
        *,
        count(*) over (partition by order_key, anchored, content) as times,
        row_number() over (partition by order_key, anchored, content order by stretch) as nth
    from facts
),
orders as (
    select
        order_key,
        case
            when $whole then greatest(count(*) filter (where anchored), 1)
            when abs(sum(value) - max(gross)) < 0.005 then 1
            else list_reduce(list(times), lambda one, other: gcd(one, other))
        end as copies
    from alike
    group by order_key
),
numbered as (
    select
        alike.*,
        orders.copies,
        case
            when $whole and alike.anchored then row_number() over (partition by alike.order_key, alike.anchored order by alike.stretch) - 1
            when alike.times % orders.copies = 0 then (alike.nth - 1) // (alike.times // orders.copies)
        end as copy
    from alike
    inner join orders on orders.order_key = alike.order_key
),
furthest as (
    select
        order_key,
        arg_max(copy, (along, copy)) as copy
    from (
        select order_key, copy, max(along) as along
        from numbered
        where copy is not null
        group by order_key, copy
    )
    group by order_key
),
chosen as (
    select
        numbered.order_key,
        numbered.stretch,
        numbered.copies < 2 or numbered.copy is null or numbered.copy = furthest.copy as kept
    from numbered
    left join furthest on furthest.order_key = numbered.order_key
),
marked as (
    select
        stretches.*,
        chosen.kept as is_chosen,
        $by_line
        and stretches.means not in ('counts', 'unlisted')
        and bool_or(chosen.kept and stretches.means in ('counts', 'unlisted')) over (partition by stretches.order_key) as came_to_nothing
    from stretches
    inner join chosen on chosen.order_key = stretches.order_key and chosen.stretch = stretches.stretch
)
select
    run,
    order_key,
    snapshot,
    order_id,
    rows,
    anchored,
    is_chosen and not came_to_nothing as kept,
    case when not is_chosen then 'superseded' when came_to_nothing then means end as reason
from marked
