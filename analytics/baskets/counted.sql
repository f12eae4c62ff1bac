-- Grain: one row: how many orders of the period count, how many customers there are, and how many products it takes to be looked at for pairs.
select
    (select count(*) from placed where in_period) as orders,
    (select count(*) from buyers) as customers,
    (select count(*) from products where counts and kind <> 'bundle') as products
