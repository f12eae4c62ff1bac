-- Grain: no row: the tables of one export that most exports have nothing for, made empty; planning what finds nothing takes longer than finding it.
create or replace table staged.settled_runs (
    run integer, order_key integer, snapshot bigint, order_id varchar, rows integer, anchored boolean, kept boolean, reason varchar
);
create or replace table staged.returned_runs (run integer);
create or replace table staged.line_discounts (
    order_key integer,
    seller_discount decimal(18, 4),
    platform_discount decimal(18, 4),
    refunded decimal(18, 4),
    refund_unread boolean,
    discount_unread boolean,
    of_returned decimal(18, 4)
);
create table if not exists staged.unknown_returns (order_key integer, return_status varchar);
create table if not exists staged.unread_units (order_key integer, what varchar, written varchar);
create table if not exists staged.left_out_rows (order_key integer, reason varchar, rows integer, value decimal(18, 4));
create table if not exists staged.parcel_texts (
    order_key integer,
    fulfilment varchar,
    shipped_at varchar,
    completed_at varchar,
    ship_by varchar,
    delivery varchar,
    note varchar
);
create table if not exists staged.parcel_ways (
    file_number integer, formats varchar[], ordering varchar, completes boolean, to_ship varchar[], unclaimed varchar[]
);
create table if not exists staged.reviews (
    review_key bigint,
    review_id varchar,
    order_key integer,
    joined_by varchar,
    order_ref varchar,
    customer_id varchar,
    name varchar,
    product_id varchar,
    product varchar,
    variant varchar,
    rating integer,
    score integer,
    text varchar,
    reviewed_at timestamp,
    reply varchar,
    replied_at timestamp,
    pictures bigint,
    platform varchar,
    shop varchar,
    file varchar,
    reason varchar
);
