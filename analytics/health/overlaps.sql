-- Grain: one row per two files of one shop whose days overlap: from when to when.
select
    earlier.name as file,
    later.name as other,
    later.first as first,
    least(earlier.last, later.last) as last
from files as earlier
inner join files as later
    on later.platform = earlier.platform
    and later.shop is not distinct from earlier.shop
    and later.first <= earlier.last
    and (later.first > earlier.first or (later.first = earlier.first and later.name > earlier.name))
order by later.first, earlier.name, later.name
