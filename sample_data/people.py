"""Made-up buyers: accounts, names, e-mail addresses at example domains, telephone numbers and Taiwanese towns."""

from __future__ import annotations

from dataclasses import dataclass, field

from sample_data.dice import Dice

SURNAMES = {
    "陳": 11, "林": 8, "黃": 6, "張": 5, "李": 5, "王": 4, "吳": 4, "劉": 3, "蔡": 3, "楊": 3,
    "許": 2, "鄭": 2, "謝": 2, "郭": 2, "洪": 2, "曾": 1.5, "邱": 1.5, "廖": 1.3, "賴": 1.3, "周": 1.2,
}  # fmt: skip
GIVEN = [
    "雅婷", "怡君", "家豪", "志明", "淑芬", "美玲", "宗翰", "欣怡", "佳穎", "冠宇",
    "詩涵", "承恩", "品妤", "宜蓁", "柏翰", "建宏", "俊傑", "雅雯", "佩珊", "惠雯",
    "心怡", "子晴", "宥廷", "郁婷", "明哲", "秀英", "麗華", "信宏", "靜宜", "思妤",
]  # fmt: skip
SYLLABLES = [
    "yu", "ting", "wei", "chen", "hao", "jia", "xin", "mei", "lin", "an", "zi", "qi", "han",
    "rui", "min", "fang", "kai", "le", "shan", "ling", "ping", "hui", "jun", "yi", "ya", "wen",
]  # fmt: skip
WORDS = [
    "mochi", "latte", "sunny", "momo", "bear", "cat", "lucky", "tea", "happy", "kiki", "panda",
    "milk", "moon", "rain", "star", "cloud", "lulu", "toby", "nana", "boba", "coco", "pudding",
]  # fmt: skip
TOWNS = {
    ("台北市", "大安區", "106"): 6, ("台北市", "信義區", "110"): 4, ("台北市", "士林區", "111"): 4, ("台北市", "內湖區", "114"): 4,
    ("新北市", "板橋區", "220"): 7, ("新北市", "中和區", "235"): 5, ("新北市", "新莊區", "242"): 5, ("新北市", "淡水區", "251"): 3,
    ("桃園市", "中壢區", "320"): 6, ("桃園市", "桃園區", "330"): 5, ("新竹市", "東區", "300"): 4, ("新竹縣", "竹北市", "302"): 3,
    ("台中市", "西屯區", "407"): 6, ("台中市", "北屯區", "406"): 5, ("台中市", "豐原區", "420"): 2, ("彰化縣", "彰化市", "500"): 3,
    ("嘉義市", "西區", "600"): 2, ("台南市", "東區", "701"): 4, ("台南市", "永康區", "710"): 3, ("高雄市", "左營區", "813"): 5,
    ("高雄市", "鳳山區", "830"): 4, ("屏東縣", "屏東市", "900"): 2, ("宜蘭縣", "羅東鎮", "265"): 2, ("花蓮縣", "花蓮市", "970"): 1.5,
    ("澎湖縣", "馬公市", "880"): 0.5,
}  # fmt: skip
DOMAINS = {"example.com": 6, "example.org": 2, "example.net": 2}


@dataclass(eq=False)
class Customer:
    """One person. Identity is the object: two customers never count as one, whatever their texts."""

    account: str
    name: str
    email: str
    phone: str
    town: tuple[str, str, str]
    kind: str = "buyer"
    traits: dict[str, object] = field(default_factory=dict)


class People:
    """Draws customers whose accounts, e-mail addresses and telephone numbers are all different."""

    def __init__(self, dice: Dice) -> None:
        self._dice, self._accounts, self._phones = dice, set[str](), set[str]()

    def __call__(self, kind: str = "buyer", account: str = "") -> Customer:
        account = account or self._account()
        name = self._dice.weighted(SURNAMES) + self._dice.pick(GIVEN)
        email = f"{account.replace('_', '.')}@{self._dice.weighted(DOMAINS)}"
        return Customer(account, name, email, self._phone(), self._dice.weighted(TOWNS), kind)

    def _account(self) -> str:
        dice = self._dice
        while True:
            stem = "".join(dice.sample(SYLLABLES, dice.whole(2, 3)))
            shape = dice.whole(1, 4)
            if shape == 1:
                account = f"{stem}{dice.whole(1, 999)}"
            elif shape == 2:
                account = f"{stem}_{dice.pick(WORDS)}"
            elif shape == 3:
                account = f"{dice.pick(WORDS)}{dice.whole(1970, 2008)}"
            else:
                account = f"{dice.pick(WORDS)}_{stem[:6]}{dice.whole(0, 99):02d}"
            if account not in self._accounts:
                self._accounts.add(account)
                return account

    def _phone(self) -> str:
        while True:
            phone = f"+8869000{self._dice.whole(0, 99999):05d}"
            if phone not in self._phones:
                self._phones.add(phone)
                return phone


def masked(text: str) -> str:
    """A name with all but its ends hidden, as Shopee exports it."""
    return f"{text[0]}******{text[-1]}"
