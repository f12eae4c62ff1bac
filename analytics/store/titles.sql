-- Macros: what a product is called and numbered, written so that equal ones compare equal.

-- same_title(text): letters, digits and the signs that tell sizes apart (1.5, 50+, 75%), in lower case and half width; spaces, brackets
-- and decoration are dropped. A title of nothing else stays as it is.
create or replace macro same_title(text) as coalesce(
    nullif(
        regexp_replace(
            regexp_replace(
                lower(case
                    when regexp_matches(text, '[Ａ-Ｚａ-ｚ０-９．＋％]') then translate(
                        nfc_normalize(text),
                        'ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ０１２３４５６７８９．＋％',
                        'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.+%'
                    )
                    else nfc_normalize(text)
                end),
                '[^\p{L}\p{N}\p{M}.+%]+', '', 'g'
            ),
            '\.+([^0-9]|$)', '\1', 'g'
        ),
        ''
    ),
    lower(trim(text))
);

-- same_code(text): an id or a stock number in upper case; NULL where it says nothing: blank, a dash, zeros, or what a spreadsheet left of
-- a long number (5.55E+12).
create or replace macro same_code(text) as nullif(
    regexp_replace(
        upper(trim(text, E' \t''’')),
        '^(-+|0+|N/?A|NAN|NULL|NONE|無|[0-9](\.[0-9]+)?E\+?[0-9]+)$|(^[0-9]+)\.0$', '\3'
    ),
    ''
);

-- pack_size_in(text): how many portions a pack holds by its title (45包/盒, 30入, 60 capsules, 10包x3盒); NULL where it does not say.
create or replace macro pack_size_in(text) as case when regexp_matches(text, '[0-9０-９]') then list_transform(
    [
        regexp_extract(
            lower(case when regexp_matches(text, '[０-９＊Ｘ]') then translate(text, '０１２３４５６７８９＊ＸＸ', '0123456789*xx') else text end),
            '([0-9]{1,4}) ?(?:包|入|粒|錠|顆|片|枚|條|支|膠囊|茶包|tablets?\b|capsules?\b|caps\b|sachets?\b|tea ?bags?\b|bags?\b|pcs\b|pieces\b|count\b|ct\b)'
            || '(?: ?[/／]? ?[盒袋罐瓶])? ?(?:[x×*] ?([0-9]{1,2}) ?[盒袋罐瓶組包])?',
            ['portions', 'packs']
        )
    ],
    lambda pack: nullif(coalesce(try_cast(pack.portions as integer), 0) * coalesce(try_cast(pack.packs as integer), 1), 0)
)[1] end;

-- kind_in(text, portions): what a title and the portions that it names let one guess: none (no product: postage, a surcharge), gift, bundle, refill (five portions or more), or ''.
create or replace macro kind_in(text, portions) as case
    when length(text) <= 24 and regexp_matches(
        lower(text),
        '(^|[^免含])運費($|[^另])|郵資|補差|差價|包裝費|處理費|手續費|^manual$|(^|dotcom )postage( fee| cost)?$|^carriage$'
        || '|^shipping( fee| cost| charge)?s?$|^(bank charges|amazon fee|discount|adjustment|tip)$|^cruk commission$|gift.?wrap(ping)? (fee|service)'
    ) then 'none'
    when regexp_matches(
        lower(text), '^[\s【\[(（]*(贈品|贈送|滿額贈|滿額禮|free gift|gwp\b)|贈品[\s】\])）]*$|勿下單|勿下標|非賣品'
    ) then 'gift'
    when regexp_matches(lower(text), '福袋|組合[包價]|超值組|優惠組|套組|\bbundle\b') then 'bundle'
    when portions >= 5 then 'refill'
    else ''
end;
