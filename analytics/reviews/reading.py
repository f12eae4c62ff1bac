"""From a text to the segments a model counts n-grams in: its language, its clauses, and each clause as the model spells it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analytics.reviews import aspects, english
from analytics.reviews.model import Model
from analytics.reviews.text import HAN, clauses, fold, turning

CHINESE, ENGLISH, OTHER, NONE = "zh", "en", "other", "none"
KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]")
LATIN_WORD = re.compile(r"[A-Za-z]+")
LETTER = re.compile(r"[^\W\d_]")
SIGNS_OF_NOTHING = re.compile(r"[\w.,]+")
# Words that are English and also Malay, Spanish, … say little; these few say most.
FUNCTION_WORDS = frozenset(
    [
        "the",
        "a",
        "an",
        "is",
        "are",
        "was",
        "were",
        "it",
        "its",
        "this",
        "that",
        "i",
        "my",
        "me",
        "you",
        "your",
        "we",
        "they",
        "he",
        "she",
        "and",
        "or",
        "but",
        "not",
        "no",
        "so",
        "too",
        "very",
        "of",
        "to",
        "in",
        "on",
        "for",
        "with",
        "as",
        "at",
        "have",
        "has",
        "had",
        "be",
        "been",
        "do",
        "does",
        "did",
        "will",
        "would",
        "can",
        "could",
        "just",
        "all",
        "if",
        "when",
        "than",
        "then",
        "there",
        "from",
        "by",
        "what",
        "which",
        "who",
        "how",
    ]
)
_SHARED = "a an as do me no so to in on is he be i all was will can"
SHARED_WORDS = frozenset(_SHARED.split())
"""English ones that are words of other languages too, and so tell nothing against foreign ones."""
ENGLISH_SHARE, FOREIGN_SHARE = 0.5, 0.1
# Words of other languages in Latin letters that are no English ones, without their accents, and such as buyers write often.
_FOREIGN = """de que e o os um uma uns nao muito bom boa com para por produto chegou rapido otimo otima gostei amei recomendo qualidade
entrega antes prazo mais mas tudo certo bem meu minha veio ficou perfeito lindo linda adorei obrigado obrigada vendedor loja comprei
el los las lo un una unos es muy bueno buena bien pero con del al todo producto llego rapido calidad precio recomiendo gracias
excelente envio vendedor tienda compre esta este como mi su se le les des du et est une je tres bon bonne mais pas avec pour sur dans qui
produit livraison rapide merci qualite bien parfait der das und ist nicht sehr mit fur auf ein eine von zu dem ich wie auch aber
il di che non molto buono buona ottimo prodotto spedizione veloce consegna sono yang dan ini itu saya tidak bagus sangat barang cepat
sampai baik penjual sudah juga dengan untuk ada harga murah terima kasih mantap sesuai pengiriman kualitas produk nya kak
memang kurang lagi lah puas hati tak mudah senang ang ng na sa mga ko po salamat maganda naman yung kayo ganda mabilis
rat giao nhanh dep tot minh mua khong duoc nha ve va cua"""
FOREIGN_WORDS = frozenset(_FOREIGN.split())


@dataclass(frozen=True)
class Reading:
    """One text as the model reads it. language: zh, en, other (no measured model) or none (no words at all).

    clauses: as written. folded: per clause, for finding words. spelled: per clause without a leading 但, for the model's n-grams.
    turns: the leading 但s, spelled. valences: per clause of an English text, its sum of word valences; 0 elsewhere.
    """

    language: str
    clauses: list[str]
    folded: list[str]
    spelled: list[str]
    turns: list[str]
    valences: list[float]


def language_of(cleaned: str, vocabulary: english.Mapping[str, str]) -> str:
    """zh, en, other or none; a Japanese text is one with a good share of kana, an English one mostly of known words."""
    han = len(HAN.findall(cleaned))
    if han:
        return OTHER if len(KANA.findall(cleaned)) > max(1, 0.4 * han) else CHINESE
    letters = len(LETTER.findall(cleaned))
    if not letters:
        return NONE
    words = LATIN_WORD.findall(cleaned)
    if 2 * sum(map(len, words)) < letters or not cleaned.isascii() and _accented(cleaned) > 0.05 * letters:
        return OTHER
    lowered = [word.lower() for word in words]
    foreign = sum(word in FOREIGN_WORDS for word in lowered)
    telling = sum(word in FUNCTION_WORDS and word not in SHARED_WORDS for word in lowered)
    known = [word for word in lowered if (word in FUNCTION_WORDS or word in vocabulary) and word not in FOREIGN_WORDS]
    english_enough = len(known) >= ENGLISH_SHARE * len(words) and foreign <= max(telling, FOREIGN_SHARE * len(words))
    only_shared = len(known) < len(words) and SHARED_WORDS.issuperset(known)
    return ENGLISH if english_enough and not only_shared else OTHER


def read(cleaned: str, model: Model) -> Reading:
    """Never raises; a text in another language has no clauses."""
    language = language_of(cleaned, model.codes)
    if language == OTHER or not cleaned:
        return Reading(language if cleaned else NONE, [], [], [], [], [])
    if language == ENGLISH:
        parts = clauses(cleaned, english=True)
        turns, rests = _apart([fold(part) for part in parts])
        worded = [english.words(rest) for rest in rests]
        plain = [english.spell([word.removeprefix(english.NEGATED) for word in words], model.codes) for words in worded]
        spelled = [english.spell(words, model.codes) for words in worded]
        spelled_turns = [english.spell(english.words(turn), model.codes) for turn in turns]
        valences = [english.valence(words, model.valences) for words in worded]
        return Reading(language, parts, plain, spelled, spelled_turns, valences)
    if language == NONE:
        cleaned = SIGNS_OF_NOTHING.sub(" ", cleaned)
    parts, folded = _completed(cleaned, clauses(cleaned))
    turns, rests = _apart(folded)
    return Reading(language, parts, folded, [model.negation.mark(rest) for rest in rests], turns, [0.0] * len(parts))


def _apart(folded: list[str]) -> tuple[list[str], list[str]]:
    """(the turning words that there are, each clause without its own)."""
    pairs = [turning(part) for part in folded]
    return [turn for turn, _ in pairs if turn], [rest for _, rest in pairs]


def _completed(cleaned: str, parts: list[str]) -> tuple[list[str], list[str]]:
    """Clauses and their folded forms; one that only names an aspect is joined with the next: 出貨速度 | 非常快."""
    folded = [fold(part) for part in parts]
    subjects = aspects.subjects()
    if subjects.isdisjoint(folded[:-1]):
        return parts, folded
    whole, spelled, at, number = [], [], 0, 0
    while number < len(parts):
        start = cleaned.index(parts[number], at)
        last = number + 1 if folded[number] in subjects and number + 1 < len(parts) else number
        at = cleaned.index(parts[last], start + (len(parts[number]) if last > number else 0)) + len(parts[last])
        whole.append(cleaned[start:at])
        spelled.append("".join(folded[number : last + 1]))
        number = last + 1
    return whole, spelled


def _accented(cleaned: str) -> int:
    return sum(letter.isalpha() and "\u00c0" <= letter <= "\u1eff" for letter in cleaned)
