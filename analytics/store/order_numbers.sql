-- Grain: one row per order of every file: its number, by what it is and not by where it stood, so that the same orders have the same numbers.
select
    order_key,
    row_number() over (
        order by
            ordered_at nulls last,
            platform,
            shop,
            order_id nulls last,
            platform_order_id nulls last,
            file,
            status nulls last,
            revenue nulls last,
            rows,
            order_key
    ) as number
from staged.checked
