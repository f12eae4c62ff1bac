-- Macros: amounts and times as exports write them. Each takes one text and gives one value, NULL where it cannot be read.

-- amount(text, style): DECIMAL(18, 4). style is the decimal sign, '.' or ','; it only decides about texts like 37.200, where one mark
-- stands before three digits. Currency signs, spaces, full-width digits, (negative) and 12- are understood.
create or replace macro amount(text, style) as coalesce(
    case when style = '.' or not contains(text, '.') then try_cast(text as decimal(18, 4)) end,
    case
        when regexp_matches(text, '[0-9０-９]') then list_transform(
            [
                regexp_extract(
                    translate(text, '０１２３４５６７８９．，－−（）', '0123456789.,--()'),
                    '^([^0-9]{0,8}?)([0-9][0-9., \x{00a0}''’]*|[.,][0-9]+)([^0-9.,]{0,4})$',
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

-- shop_clock(text, formats): TIMESTAMP on the shop's own clock, offsets dropped. formats are strptime patterns, in the order in which
-- they are tried; year-first dates, 下午1:05 and Excel's day numbers are read without one.
create or replace macro shop_clock(text, formats) as coalesce(
    case
        when starts_with(text, '2') and (
            length(text) = 10
            or substr(text, 14, 1) = ':' and (length(text) = 16 or substr(text, 17, 1) = ':')
        ) then try_cast(left(text, 19) as timestamp)
    end,
    case
        when len(formats) > 0
            then try_strptime(trim(text), case when len(formats) > 0 then formats::varchar[] else ['%Y'] end)
    end,
    case
        when regexp_matches(text, '^\s*[2-7][0-9]{4}(\.[0-9]+)?\s*$')
            then timestamp '1899-12-30 00:00:00' + to_seconds(cast(round(try_cast(text as double) * 86400) as bigint))
        when regexp_matches(text, '[0-9０-９]') then list_transform(
            [
                regexp_extract(
                    translate(text, '０１２３４５６７８９：／', '0123456789:/'),
                    '^\s*(?:西元)?(民國)?\s*([0-9]{2,4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?[T\s,]*(?:\([^)]*\)\s*)?'
                    || '([^0-9:\s]{0,4})\s*([0-9]{0,2})[:時点]?([0-9]{0,2})[:分]?([0-9]{0,2})(?:\.[0-9]+)?\s*([AaPp]\.?[Mm]\.?|上午|下午)?',
                    ['era', 'year', 'month', 'day', 'half_before', 'hour', 'minute', 'second', 'half_after']
                )
            ],
            lambda found: try_cast(
                case
                    when length(found.year) = 4 then found.year
                    when found.era <> '' or length(found.year) = 3 then cast(try_cast(found.year as integer) + 1911 as varchar)
                end
                || '-' || found.month || '-' || found.day || ' '
                || case
                    when found.hour = '' then '0'
                    when regexp_matches(found.half_before || found.half_after, '^(下午|晚上|中午|[Pp])') and try_cast(found.hour as integer) < 12
                        then cast(try_cast(found.hour as integer) + 12 as varchar)
                    when regexp_matches(found.half_before || found.half_after, '^(上午|凌晨|早上|[Aa])') and found.hour = '12' then '0'
                    else found.hour
                end
                || ':' || case when found.minute = '' then '00' else found.minute end
                || ':' || case when found.second = '' then '00' else found.second end
                as timestamp
            )
        )[1]
    end
);
