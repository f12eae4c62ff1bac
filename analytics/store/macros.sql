-- Macros: amounts and times as exports write them. Each takes one text and gives one value, NULL where it cannot be read.

-- amount(text, style): DECIMAL(18, 4). style is the decimal sign, '.' or ','; it only decides about texts like 37.200, where one mark
-- stands before three digits. Currency signs, spaces, full-width digits, (negative) and 12- are understood; a share such as 100% is no amount.
create or replace macro amount(text, style) as coalesce(
    case when style = '.' or not contains(text, '.') then try_cast(text as decimal(18, 4)) end,
    case
        when regexp_matches(text, '[0-9０-９]') then list_transform(
            [
                regexp_extract(
                    translate(text, '０１２３４５６７８９．，－−（）', '0123456789.,--()'),
                    '^([^0-9%％]{0,8}?)([0-9][0-9., \x{00a0}''’]*|[.,][0-9]+)([^0-9.,%％]{0,4})$',
                    ['before', 'number', 'after']
                )
            ],
            lambda found: try_cast(
                case when regexp_matches(found.before, '[-(]') or starts_with(trim(found.after), '-') and not regexp_matches(found.number, '[.,]\s*$') then '-' else '' end
                || list_transform(
                    [regexp_replace(regexp_replace(found.number, '[^0-9.,]', '', 'g'), '[.,]+$', '')],
                    lambda digits: case
                        when regexp_full_match(digits, '[0-9]+') then digits
                        when regexp_full_match(digits, '[1-9][0-9]{0,2}[.,][0-9]{3}')
                            then replace(replace(digits, case style when '.' then ',' else '.' end, ''), ',', '.')
                        when regexp_full_match(digits, '[0-9]*[.,][0-9]+') then replace(digits, ',', '.')
                        when regexp_full_match(digits, '[0-9]{1,3}(,[0-9]{2,3})+(\.[0-9]+)?') then replace(digits, ',', '')
                        when regexp_full_match(digits, '[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?')
                            then replace(replace(digits, '.', ''), ',', '.')
                    end
                )[1]
                as decimal(18, 4)
            )
        )[1]
    end
);

-- amount_or(amount, unread, otherwise): the amount, otherwise where the cell is blank, NULL where something stands there that is no amount.
create or replace macro amount_or(amount, unread, otherwise) as
    case when amount is null and unread is null then cast(otherwise as decimal(18, 4)) else amount end;

-- line_value(price, quantity): what a line comes to; NULL where that is more than an amount holds.
create or replace macro line_value(price, quantity) as try_cast(cast(price as double) * cast(quantity as double) as decimal(18, 4));

-- is_blank(text): whether a cell of an amount or a time holds nothing, or a word by which programs say so.
create or replace macro is_blank(text) as
    text is null or regexp_full_match(text, '[\s\x{00a0}\x{3000}]*(?:[-－—―–─]{1,3}|無|无|[(（]?空白[)）]?|(?i:nan|nat|none|null|n/?a|#n/a|<na>|nil|\\n|\(blank\)|undefined))?[\s\x{00a0}\x{3000}]*');

-- plain_id(text): an id as it was before a spreadsheet or a program wrote it as '5550, 5550.0 or 5,550; NULL where it shows 5.55E+12, which is
-- any of a million.
create or replace macro plain_id(text) as case
    when text = cast(try_cast(text as bigint) as varchar) then text
    when not regexp_matches(text, '[eE=.,''"]') then nullif(trim(text), '')
    when regexp_matches(text, '^[^0-9]{0,2}[0-9](?:[.,][0-9]+)?[eE][+]?[0-9]+') then null
    when regexp_matches(text, '^[^0-9]{0,2}[0-9]{1,3}(?:,[0-9]{3})+(?:\.0+)?"?$') then regexp_replace(regexp_replace(text, '\.0+"?$', ''), '[^0-9]', '', 'g')
    else nullif(regexp_replace(trim(text, ' =''"'), '^([0-9]+)\.0+$', '\1'), '')
end;

-- masked_name(id): a customer as a screen may show them: j***@example.com, ju***7.
create or replace macro masked_name(id) as case
    when contains(id, '@') then left(id, 1) || '***' || substr(id, strpos(id, '@'))
    when length(id) < 4 then left(id, 1) || '***'
    else left(id, 2) || '***' || right(id, 1)
end;

-- currency_code(text): the ISO 4217 code of a currency as shops write it; NULL where nothing is written.
create or replace macro currency_code(text) as case
    when is_blank(text) then null
    when upper(trim(text)) in ('NT$', 'NTD', 'NT', '新台幣', '新臺幣', '台幣', '臺幣', '元') then 'TWD'
    when upper(trim(text)) in ('US$', '美元', '美金') then 'USD'
    when upper(trim(text)) in ('RMB', 'CNH', '人民幣', '人民币') then 'CNY'
    when upper(trim(text)) in ('HK$', '港幣', '港元') then 'HKD'
    when upper(trim(text)) in ('円', '日圓', '日幣') then 'JPY'
    when upper(trim(text)) in ('₩', '원') then 'KRW'
    when upper(trim(text)) = 'RM' then 'MYR'
    when upper(trim(text)) = 'S$' then 'SGD'
    when upper(trim(text)) = 'RP' then 'IDR'
    when upper(trim(text)) = 'R$' then 'BRL'
    when trim(text) = '฿' then 'THB'
    when trim(text) = '₫' then 'VND'
    when trim(text) = '₱' then 'PHP'
    when trim(text) = '€' then 'EUR'
    when trim(text) = '£' then 'GBP'
    else upper(trim(text))
end;

-- shop_clock(text, formats, ordering): TIMESTAMP on the shop's own clock, offsets dropped. formats are strptime patterns, in the order in
-- which they are tried; ordering (ymd, dmy, mdy or '') says how dates of three numbers are meant whose first one is not a year of three digits
-- or four. Year-first dates, 20250301, 下午1:05 and Excel's day numbers are read without either; a year from 2400 on is of the Buddhist era, one
-- of three digits of the Republic.
-- The case around it all keeps what is common to the later attempts from being worked out where the first one reads the text.
create or replace macro shop_clock(text, formats, ordering) as case
    when text is not null then coalesce(
        case
            when starts_with(text, '2') and text < '24' and (
                length(text) = 10
                or substr(text, 14, 1) = ':' and (length(text) = 16 or substr(text, 17, 1) = ':')
            ) then try_cast(left(text, 19) as timestamp)
        end,
        case
            when len(formats) > 0 then try_strptime(
                regexp_replace(trim(text), '(:[0-9]{2})(?:\.[0-9]+)?\s*(?:Z|UTC|GMT)?\s*(?:[-+][0-9]{2}:?[0-9]{2})?$', '\1'),
                case when len(formats) > 0 then formats::varchar[] else ['%Y'] end
            )
        end,
        case
            when regexp_full_match(text, '\s*(?:19|20)[0-9]{6}(?:[T ]?[0-9]{2}:?[0-9]{2}(?::?[0-9]{2})?)?\s*')
                then try_strptime(rpad(regexp_replace(text, '[^0-9]', '', 'g'), 14, '0'), '%Y%m%d%H%M%S')
            when regexp_full_match(text, '\s*[01][0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9]\s*')
                then try_strptime(cast(try_cast(left(trim(text), 3) as integer) + 1911 as varchar) || right(trim(text), 4), '%Y%m%d')
            when regexp_full_match(text, '\s*[2-7][0-9]{4}(?:[.,][0-9]+)?\s*')
                then timestamp '1899-12-30 00:00:00' + to_seconds(cast(round(try_cast(replace(text, ',', '.') as double) * 86400) as bigint))
            when regexp_matches(text, '[0-9０-９]') then list_transform(
                [
                    regexp_extract(
                        translate(text, '０１２３４５６７８９：／', '0123456789:/'),
                        '^\s*(?:西元|公元|中華|中华)?(民國|民国)?\s*([0-9]{1,4})\s*[-/.年년]\s*([0-9]{1,2})\s*[-/.月월]\s*([0-9]{1,4})\s*[日號号일.]?[T\s,]*(?:[(（][^)）]*[)）]\s*)?'
                        || '([^0-9:\s]{0,4})\s*([0-9]{0,2})[:時时点點시]?\s*([0-9]{0,2})[:分분]?\s*([0-9]{0,2})(?:\.[0-9]+)?\s*([AaPp]\.?[Mm]\.?|上午|下午|오전|오후|午前|午後)?',
                        ['era', 'one', 'two', 'three', 'half_before', 'hour', 'minute', 'second', 'half_after']
                    )
                ],
                lambda found: list_transform(
                    [
                        case
                            when found.era <> '' or length(found.one) > 2 or ordering = 'ymd' then [found.one, found.two, found.three]
                            when ordering = 'dmy' then [found.three, found.two, found.one]
                            when ordering = 'mdy' then [found.three, found.one, found.two]
                        end
                    ],
                    lambda day: try_cast(
                        case
                            when found.era <> '' or length(day[1]) = 3 then cast(try_cast(day[1] as integer) + 1911 as varchar)
                            when length(day[1]) = 4 and day[1] >= '2400' then cast(try_cast(day[1] as integer) - 543 as varchar)
                            when length(day[1]) = 4 then day[1]
                            when length(day[1]) = 2 then '20' || day[1]
                        end
                        || '-' || day[2] || '-' || day[3] || ' '
                        || case
                            when found.hour = '' then '0'
                            when regexp_matches(found.half_before || found.half_after, '^(下午|晚上|中午|오후|午後|[Pp])') and try_cast(found.hour as integer) < 12
                                then cast(try_cast(found.hour as integer) + 12 as varchar)
                            when regexp_matches(found.half_before || found.half_after, '^(上午|凌晨|早上|오전|午前|[Aa])') and found.hour = '12' then '0'
                            else found.hour
                        end
                        || ':' || case when found.minute = '' then '00' else found.minute end
                        || ':' || case when found.second = '' then '00' else found.second end
                        as timestamp
                    )
                )[1]
            )[1]
        end
    )
end;
