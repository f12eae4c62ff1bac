"""Prepares review texts: cleans them, splits them into clauses, and folds spelling variants together."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache
from pathlib import Path

CHARMAP = Path(__file__).with_name("traditional_to_simplified.txt")
_SPELT_AS = """妳你 祢你 牠它 喔哦 唷哟 阿啊 ㄉ的 ㄅ吧 ㄇ吗 ㄋ呢 ㄌ了 ㄚ啊 ㄛ哦 ㄝ诶 ㄟ诶 ㄏ呵 の的 讃赞 賛赞 價价 価价 値值 説说 気气 産产 毎每 両两 楽乐 黒黑 巿市 爲为
淸清 靑青 眞真 敎教 啓启 綫线 鷄鸡 牀床 峯峰 羣群 衆众 囬回 囘回 裏里 裡里 衹只 祗只 囉啰 嚒吗 歺餐 仝同 帰归 戻回 変变 図图 売卖 読读 悪恶 薬药 粧妆 麪面 鉄铁 霊灵 発发
検检 険险 験验 軽轻 転转 広广 荘庄 歩步 桜樱 焼烧 餠饼 塩盐 鶏鸡 麺面"""
VARIANTS = {pair[0]: pair[1] for pair in _SPELT_AS.split()}
"""Characters that buyers write for others: variants of Han, Japanese forms, and sounds. What each is read as."""

TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
SURROGATE = re.compile(r"[\ud800-\udfff]")
UNSEEN = re.compile(
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0f\ufeff]+"
)
REPEATED = re.compile(r"(.)\1{2,}", re.DOTALL)
TURN = r"(?:(?<![不非])但(?!愿|願)|不過(?!敏|期|癮|如此|爾|濾)|不过(?!敏|期|瘾|如此|尔|滤)|可是|只是|可惜|然而|雖然|虽然|除了)"
BREAK = re.compile(
    rf"[,，。．、;；:：\n\r\t|｜/／()（）【】「」『』\[\]{{}}《》<>\"“”•·●★☆\u3000]+|(?<!\.)\.(?![.\d])|\s+(?=[^\x00-\x7f])"
    rf"|(?<=[^\x00-\x7f])\s+|(?<=[!！?？~～…⋯])(?![!！?？~～…⋯.])|(?<=\.\.)(?![.…])|(?=(?<!^){TURN})"
)
ENGLISH_BREAK = re.compile(
    r"[,.;:!?~…\n\r\t|()\[\]{}\"“”•]+(?:\s+|$)|\s+-+\s+|\s+(?=(?:but|however|although|though|except|yet)\b)",
    re.IGNORECASE,
)
LEADING_TURN = re.compile(
    r"(?:但是|但就是|但(?!愿)|不过就是|不过(?!敏|期|瘾|如此|尔|滤)|可是|只是|只可惜|可惜|然而|虽然|虽|除了|就是(?=有点|太|稍|寄|价|包|味|尺|服))"
    r"|(?:but|however|although|though|except|yet)\b\s*"
)
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def clean(text: object) -> str:
    """Text as it may be shown: without markup, control characters and halves of characters; missing gives ''."""
    if not isinstance(text, str):
        return ""
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = TAG.sub(" ", text)
    return UNSEEN.sub("", SURROGATE.sub("", text)).strip()


def clauses(cleaned: str, *, english: bool = False) -> list[str]:
    """The parts of a cleaned text that each say one thing, in order and in its own spelling; never empty parts."""
    pieces = (ENGLISH_BREAK if english else BREAK).split(cleaned)
    return [piece for piece in map(str.strip, pieces) if piece]


def turning(folded: str) -> tuple[str, str]:
    """A folded clause as (但 or its like, '' if it has none in front; the rest). The word says that the text has two sides, of
    its own clause it says nothing.
    """
    found = LEADING_TURN.match(folded)
    if not found or found.end() == len(folded):
        return "", folded
    return found.group(), folded[found.end() :]


def fold(cleaned: str) -> str:
    """The spelling that the model reads: NFKC, lower case, simplified characters, at most two equal letters in a row."""
    folded = unicodedata.normalize("NFKC", cleaned).lower().translate(_folding())
    return REPEATED.sub(r"\1\1", folded)


@cache
def _folding() -> dict[int, str]:
    lines = CHARMAP.read_text(encoding="utf-8").splitlines()
    pairs = {ord(line[0]): line[1] for line in lines if len(line) == 2}
    return pairs | {ord(key): value for key, value in VARIANTS.items()}
