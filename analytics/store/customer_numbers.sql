-- Grain: one row per customer of whatever order or review, counting or not: the masked name and a number, by which files tell them apart.
select
    customer_id,
    masked_name(customer_id) as label,
    row_number() over (order by customer_id) as number
from (
    select customer_id from staged.checked where customer_id is not null
    union
    select customer_id from reviews where customer_id is not null
)
order by customer_id
