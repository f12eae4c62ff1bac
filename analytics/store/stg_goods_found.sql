-- Grain: one row per product found in the exports: its id, title and family, and what its title lets one guess.
with ids as (
    select
        good,
        written,
        row_number() over (partition by good order by id is null, sum(lines) desc, written) as place
    from staged.goods
    where code in (id, sku)
    group by good, id, written
),
titles as (
    select
        good,
        title,
        row_number() over (partition by good order by sum(lines) desc, title) as place
    from staged.goods
    where named_so
    group by good, title
),
families as (
    select
        good,
        category,
        row_number() over (partition by good order by sum(lines) desc, category) as place
    from staged.goods
    where category is not null
    group by good, category
),
sized as materialized (
    select
        good,
        title,
        pack_size_in(title) as pack_size
    from titles
    where place = 1
),
guessed as (
    select
        *,
        kind_in(title, pack_size) as kind
    from sized
),
free as (
    select goods.good
    from staged.line_facts as lines
    inner join staged.goods as goods on goods.product_key = lines.product_key
    group by goods.good
    having bool_and(lines.value is not null and lines.value <= 0)
)
select
    guessed.good,
    coalesce(ids.written, 't' || left(md5(same_title(guessed.title)), 10)) as product_id,
    guessed.title,
    families.category as family,
    guessed.pack_size,
    case when free.good is not null and guessed.kind <> 'none' then 'gift' else guessed.kind end as kind
from guessed
left join ids on ids.good = guessed.good and ids.place = 1
left join families on families.good = guessed.good and families.place = 1
left join free on free.good = guessed.good
