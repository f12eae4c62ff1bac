"""Which encoding a text file is in, told by its bytes, and in doubt by which reading has headers that are known."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

UTF8 = "utf-8"
BOMS = ((codecs.BOM_UTF8, UTF8), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
LEGACY = ("cp950", "gb18030", "cp949", "cp932", "euc_jp", "cp874", "cp1252")
"""The encodings of text that is no UTF-8, the likeliest first."""
WIDER = {"cp950": "big5hkscs"}
LABELS = {
    UTF8: "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp950": "Big5",
    "big5hkscs": "Big5",
    "gb18030": "GBK",
    "cp949": "CP949",
    "cp932": "Shift-JIS",
    "euc_jp": "EUC-JP",
    "cp874": "TIS-620",
    "cp1252": "Windows-1252",
}
WORDS = {
    "cp950": "訂單 單號 編號 日期 時間 金額 數量 商品 狀態 姓名 電話 買家 顧客 客戶 會員 總 單價 價格 品名 名稱 評價 備註 規格",
    "gb18030": "订单 单号 编号 日期 时间 金额 数量 商品 状态 姓名 电话 买家 顾客 客户 会员 总 单价 价格 品名 名称 评价 备注 规格",
    "cp949": "주문 번호 날짜 일시 상품 수량 금액 결제 구매 고객 이름 배송 옵션 상태 단가 가격 후기 연락처 주소",
    "cp932": "注文 番号 日付 日時 商品 数量 金額 単価 合計 顧客 氏名 住所 電話 状態 購入 名前 価格 レビュー ステータス",
    "euc_jp": "注文 番号 日付 日時 商品 数量 金額 単価 合計 顧客 氏名 住所 電話 状態 購入 名前 価格 レビュー ステータス",
    "cp874": "คำสั่งซื้อ วันที่ เวลา สินค้า จำนวน ราคา ชื่อ สถานะ ผู้ซื้อ ลูกค้า ยอด เบอร์โทร ที่อยู่",
}
"""Words of header rows, by the encoding that a table with them is in where it is no UTF-8."""
SAMPLE = 1 << 18
LETTERS = 1 << 16
"""Bytes of the lines whose letters are looked at."""

_BEYOND = re.compile(rb"[\x80-\xff]+")
_WESTERN = re.compile(rb"[\x80\x85\x8a\x8c\x8e\x91-\x97\x99\x9a\x9c\x9e-\xd6\xd8-\xf6\xf8-\xff]+")
_PLAIN = re.compile(rb"[A-Za-z]")


@dataclass(frozen=True)
class Encoding:
    """codec: Python's name. bom: bytes of the mark before the text. label: what people call it."""

    codec: str
    bom: int = 0

    @property
    def label(self) -> str:
        """`UTF-8`, `Big5` …; Python's name for the rarer ones."""
        return LABELS.get(self.codec, self.codec) + (" (BOM)" if self.codec == UTF8 and self.bom else "")


def detect(data: memoryview) -> Encoding:
    """The encoding by the mark at the start, else UTF-16 by its zero bytes, else UTF-8 where the first part reads as that.

    Text that is no UTF-8 is named by `legacy`, which needs to know what headers look like.
    """
    start = bytes(data[:SAMPLE])
    for mark, codec in BOMS:
        if start.startswith(mark):
            return Encoding(codec, len(mark))
    low, high = start[1::2].count(0), start[::2].count(0)
    if max(low, high) > len(start) // 10:
        return Encoding("utf-16-le" if low > high else "utf-16-be")
    return Encoding(UTF8)


def is_text(data: memoryview, encoding: Encoding) -> bool:
    """Whether the first part has hardly any control characters but white space."""
    text = bytes(data[encoding.bom : SAMPLE]).decode(encoding.codec, "replace")
    odd = {character for character in set(text) if character < " " and not character.isspace() and character != "\x1a"}
    return sum(map(text.count, odd)) * 50 <= len(text)


def first_undecodable(data: memoryview, codec: str) -> int | None:
    """Where the first byte stands that `codec` cannot read; None where all of it reads."""
    decoder = codecs.getincrementaldecoder(codec)()
    for at in range(0, data.nbytes, SAMPLE):
        try:
            decoder.decode(data[at : at + SAMPLE], at + SAMPLE >= data.nbytes)
        except UnicodeDecodeError as error:
            return at + error.start
    return None


def legacy(data: memoryview, known: Callable[[str], bool]) -> Encoding:
    """The encoding of text that is no UTF-8: the one whose reading alone has known headers, or words of headers; else by its letters.

    known: whether a text begins with a header row of a known layout.
    """
    start = bytes(data[:SAMPLE])
    readings = {codec: start.decode(codec, "replace") for codec in LEGACY}
    fitting = [codec for codec, text in readings.items() if known(text)]
    if len(fitting) == 1:
        return Encoding(_wide_enough(data, fitting[0]))
    bad = first_undecodable(data, UTF8) or 0
    around = bytes(data[max(bad - SAMPLE, 0) : bad + SAMPLE])
    sample = start + around[around.find(b"\n") + 1 :]
    if _valid_utf8(sample) >= 0.5:
        return Encoding(UTF8)
    said = {codec: _words(readings[codec], words) for codec, words in WORDS.items()}
    most = [codec for codec, count in said.items() if count and count == max(said.values())]
    return Encoding(_wide_enough(data, most[0] if len(most) == 1 else _by_letters(sample)))


def _words(text: str, words: str) -> int:
    """How many of these words stand in the first lines."""
    head = "\n".join(text.split("\n", 3)[:3])
    return sum(word in head for word in words.split())


def _wide_enough(data: memoryview, codec: str) -> str:
    """`codec`, or the larger set of the same family where only that reads all of the file."""
    wider = WIDER.get(codec)
    if wider and first_undecodable(data, codec) is not None and first_undecodable(data, wider) is None:
        return wider
    return codec


def _by_letters(sample: bytes) -> str:
    """The encoding in which the letters beyond ASCII are ordinary ones."""
    told = b"\n".join(line for line in sample.split(b"\n") if not line.isascii())[:LETTERS]
    if _latin(told) > 0.9:
        return "cp1252"
    pairs = [pair for pair in _pairs(told) if pair[1] >= 0xA1]
    if len(set(pairs)) >= 5 and sum(0xB0 <= lead <= 0xC8 for lead, _ in pairs) > 0.95 * len(pairs):
        return "cp949"
    if _kana(told, "cp932"):
        return "cp932"
    if _kana(told, "euc_jp"):
        return "euc_jp"
    ordinary = {"cp950": _ordinary_big5(told), "gb18030": _ordinary_gbk(told)}
    codec = max(ordinary, key=ordinary.__getitem__)
    return codec if ordinary[codec] > 0.7 else _by_statistics(told)


def _by_statistics(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(sample[:20_000]).best()
    return best.encoding if best and _latin(sample) < 0.6 else "cp1252"


def _valid_utf8(sample: bytes) -> float:
    """Share of the characters beyond ASCII that are whole in UTF-8, from 0 to 1: a few stray bytes do not make another encoding."""
    text = sample.decode(UTF8, "surrogateescape")
    beyond = [character for character in text if character > "\x7f"]
    return sum(not "\udc80" <= character <= "\udcff" for character in beyond) / max(len(beyond), 1)


def _latin(sample: bytes) -> float:
    """Share of the bytes beyond ASCII that are accented letters or marks as Western languages have them: one or two beside a plain letter."""
    runs = [(match.start(), match.end()) for match in _BEYOND.finditer(sample)]
    beside = sum(
        end - start
        for start, end in runs
        if end - start <= 2
        and _WESTERN.fullmatch(sample[start:end])
        and _PLAIN.search(sample[max(start - 2, 0) : end + 2])
    )
    return beside / max(sum(end - start for start, end in runs), 1)


def _kana(sample: bytes, codec: str) -> bool:
    """Whether a sample reads whole as Japanese in `codec`, with kana among its letters as all Japanese has."""
    try:
        text = sample[: sample.rfind(b"\n")].decode(codec) if b"\n" in sample else sample.decode(codec)
    except UnicodeDecodeError:
        return False
    beyond = [character for character in text if character > "\x7f"]
    return sum("\u3041" <= character <= "\u30fe" for character in beyond) > 0.15 * max(len(beyond), 1)


def _ordinary_big5(sample: bytes) -> float:
    """Share of the two-byte characters that are of Big5's level 1 or its punctuation, from 0 to 1."""
    return _share(sample, lambda lead, trail: 0xA1 <= lead <= 0xC6 and (0x40 <= trail <= 0x7E or 0xA1 <= trail <= 0xFE))


def _ordinary_gbk(sample: bytes) -> float:
    """Share of the two-byte characters that are of GB 2312's level 1 or its punctuation, from 0 to 1."""
    return _share(sample, lambda lead, trail: (0xA1 <= lead <= 0xA3 or 0xB0 <= lead <= 0xD7) and trail >= 0xA1)


def _share(sample: bytes, ordinary: Callable[[int, int], bool]) -> float:
    pairs = list(_pairs(sample))
    return sum(ordinary(lead, trail) for lead, trail in pairs) / len(pairs) if pairs else 0.0


def _pairs(sample: bytes) -> Iterator[tuple[int, int]]:
    """The two-byte characters of a sample as East Asian encodings have them."""
    at = 0
    while at + 1 < len(sample):
        if sample[at] < 0x80:
            at += 1
            continue
        yield sample[at], sample[at + 1]
        at += 2
