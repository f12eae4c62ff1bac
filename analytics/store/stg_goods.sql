-- Grain: one row per product as the lines of one export describe it, with the product that it belongs to, whatever it was called.
-- Lines of one platform id are one product; without an id, lines of one stock number; without that, lines of one title. Ids and stock
-- numbers whose main title is the same are one product too: variants, a listing made anew, another platform.
with skus_of_ids as (
    select
        sku,
        min(id) as id
    from staged.titled as titled
    where sku is not null and id is not null
    group by sku
    having count(distinct id) = 1
),
titles_of_skus as (
    select
        sku,
        title_key,
        sum(lines) as lines
    from staged.titled as titled
    where sku is not null and id is null
    group by sku, title_key
),
trusted as (
    select sku
    from titles_of_skus
    group by sku
    having count(*) < 5 or max(lines) >= 0.5 * sum(lines)
),
coded as (
    select
        titled.*,
        coalesce(titled.id, skus_of_ids.id, trusted.sku, 'title ' || titled.title_key) as code
    from staged.titled as titled
    left join skus_of_ids on skus_of_ids.sku = titled.sku
    left join trusted on trusted.sku = titled.sku
),
titles_of_codes as (
    select
        code,
        title_key,
        row_number() over (partition by code order by sum(lines) desc, title_key) as place
    from coded
    group by code, title_key
),
sizes as (
    select
        titles_of_codes.title_key as good_key,
        row_number() over (order by sum(coded.lines) desc, titles_of_codes.title_key) as good
    from coded
    inner join titles_of_codes on titles_of_codes.code = coded.code and titles_of_codes.place = 1
    group by titles_of_codes.title_key
)
select
    coded.product_key,
    cast(sizes.good as integer) as good,
    coded.title_key = main.title_key as named_so,
    coded.title,
    coded.full_title,
    coded.variant,
    coded.id,
    coded.sku,
    coded.code,
    coded.written,
    coded.category,
    coded.lines
from coded
inner join titles_of_codes as main on main.code = coded.code and main.place = 1
inner join sizes on sizes.good_key = main.title_key
