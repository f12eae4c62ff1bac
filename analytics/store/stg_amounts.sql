-- Grain: one row per text that should be an amount, in the order of `place`: the amount, or what stands there instead.
select
    amount(text, style) as amount,
    case when amount(text, style) is null and not is_blank(text) then text end as unread
from raw_amounts
order by place
