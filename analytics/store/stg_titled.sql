-- Grain: one row per product as the lines of one export describe it, with its title, its variant, and the id and stock number that it is told by.
-- Shopify writes a variant behind the title ("Tee - Red / M"): it is taken off where several titles begin alike, where one of these has it,
-- or where it holds " / ".
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
)
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
