-- Grain: one row per what each table's own first line says. Version 1 of the notebook; later versions are scripts of their own.
-- SQLite. Days are texts YYYY-MM-DD, moments YYYY-MM-DD HH:MM:SS on the shop's own clock; what is not known is NULL.

create table revision (
    -- one row: counts every change of the notebook
    number integer not null
) strict;
insert into revision values (0);

create table settings (
    -- one row per setting of the shop; value: JSON
    name text primary key,
    value text not null
) strict;

create table files_told (
    -- one row per file about which the owner said something: the store that it is of, the mapping (TOML) that it is read with
    file text primary key,
    store text,
    mapping text
) strict;

create table people (
    -- one row per person whom the owner wrote about, with the names that the person goes by; customer: the shop's key when last seen
    person integer primary key,
    customer text,
    account text,
    email text,
    phone text
) strict;
create index people_customer on people (customer);
create index people_account on people (account);
create index people_email on people (email);
create index people_phone on people (phone);

create table left_out (
    -- one row per person whom no count holds: staff, wholesale; and why
    person integer primary key references people,
    why text
) strict;

create table known_customers (
    -- one row per person who had bought before the shop's files begin
    person integer primary key references people,
    since text
) strict;

create table members (
    -- one row per person on the shop's list of members; consent: 1 accepts marketing, 0 declined
    person integer primary key references people,
    consent integer,
    tags text,
    tier text,
    points real,
    points_expire text,
    birthday text,
    orders integer,
    note text
) strict;

create table tags (
    -- one row per person and tag
    person integer not null references people,
    tag text not null,
    primary key (person, tag)
) strict;

create table notes (
    -- one row per note on a person
    id integer primary key,
    person integer not null references people,
    note text not null,
    written_at text not null
) strict;

create table triage (
    -- one row per review that the owner has dealt with
    review_id text primary key,
    status text,
    owner text,
    fault text,
    tag text,
    note text
) strict;

create table contact_log (
    -- one row per message to a person; held_out: 1 for those who were on the list and got none
    id integer primary key,
    person integer not null references people,
    day text not null,
    channel text,
    list text,
    message text,
    held_out integer not null default 0
) strict;
create index contact_log_list on contact_log (list, day);

create table campaigns (
    -- one row per campaign; last_day: NULL where it ran on one day; cost in the shop's currency
    id integer primary key,
    name text not null,
    first_day text not null,
    last_day text,
    audience text,
    offer text,
    cost real,
    note text
) strict;

create table gifts (
    -- one row per gift given; cost in the shop's currency
    id integer primary key,
    person integer not null references people,
    day text not null,
    gift text not null,
    cost real,
    why text
) strict;

create table views (
    -- one row per saved view; link: what stands after the address
    name text primary key,
    link text not null
) strict;

create table products (
    -- one row per product of the owner's sheet, or part of one; merge_into: the product that it is in truth; cost of one unit
    product_id text not null,
    part text not null default '',
    merge_into text,
    short_name text,
    family text,
    kind text,
    pack_size real,
    days_per_pack real,
    cost real,
    primary key (product_id, part)
) strict;
