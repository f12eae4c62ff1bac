-- Grain: one row per product as the lines of one export describe it, with the product that it belongs to, whatever it was called.
-- Lines of one platform id are one product; without an id, lines of one stock number; without that, lines of one title. Ids and stock
-- numbers whose main title is the same are one product too: variants, a listing made anew, another platform. Shopify writes a variant
-- behind the title ("Tee - Red / M"): it is taken off where several titles begin alike, where one of these has it, or where it holds " / ".
with counted as (
    select
        product_key,
        count(*) as lines,
        min(order_key) as order_key
    from staged.line_facts
    group by product_key
),
described as (
    select
        products.product_key,
        counted.lines,
        products.product as full_title,
        case
            when contexts.platform = 'shopify' and contains(products.product, ' - ')
                then regexp_extract(products.product, '^(.*\S) +- +(\S.*)$', ['stem', 'suffix'])
        end as apart,
        products.variant,
        products.category,
        same_code(products.product_id) as id,
        same_code(products.sku) as sku,
        coalesce(products.product_id, products.sku) as written
    from staged.products as products
    inner join counted on counted.product_key = products.product_key
    inner join staged.order_facts as orders on orders.order_key = counted.order_key
    inner join staged.contexts as contexts on contexts.context_key = orders.context_key
    where products.product is not null
),
stems as (
    select apart.stem as stem
    from described
    where apart.stem <> ''
    group by apart.stem
    having count(distinct full_title) > 1
),
suffixes as (
    select distinct described.apart.suffix as suffix
    from described
    inner join stems on stems.stem = described.apart.stem
    union
    select apart.suffix
    from described
    where contains(apart.suffix, ' / ')
),
stemmed as (
    select
        described.*,
        suffixes.suffix,
        case when suffixes.suffix is not null then described.apart.stem else described.full_title end as title
    from described
    left join suffixes on suffixes.suffix = described.apart.suffix
),
titled as (
    select
        product_key,
        lines,
        full_title,
        title,
        same_title(title) as title_key,
        coalesce(variant, suffix) as variant,
        category,
        id,
        sku,
        written
    from stemmed
),
skus_of_ids as (
    select
        sku,
        min(id) as id
    from titled
    where sku is not null and id is not null
    group by sku
    having count(distinct id) = 1
),
titles_of_skus as (
    select
        sku,
        title_key,
        sum(lines) as lines
    from titled
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
    from titled
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
