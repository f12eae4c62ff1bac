-- Grain: one row per store of a platform, with how many files (sheets of one workbook are one) were taken for it.
select
    platform,
    shop,
    count(distinct key) as files
from files
group by platform, shop
order by platform, shop
