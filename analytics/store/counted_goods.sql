-- Grain: one row per description of a product that counts as one (no gift, no postage): the number of the product that it describes, and its kind.
select
    goods.product_key,
    goods.good,
    products.kind
from goods
inner join products on products.good = goods.good
where products.counts
