"""Who and what stands in none of the articles, in each language's script: what a model could make up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Strangers:
    """A person, a party and a town that no article names, and vague words of which an article uses one at most."""

    person: str
    party: str
    town: str
    vague: tuple[str, ...]


STRANGERS = {
    "en": Strangers("Gregory Whitlock", "Northern Salvation League", "Valparaiso", ("tens", "thousands", "millions")),
    "fr": Strangers("Bertrand Lacombe", "Ligue du salut boréal", "Valparaiso", ("des dizaines", "des milliers")),
    "es": Strangers("Gonzalo Ibarra", "Liga boreal de salvación", "Yokohama", ("cientos", "miles")),
    "de": Strangers("Ulrich Brandauer", "Nördlicher Rettungsbund", "Valparaíso", ("Dutzende", "Tausende")),
    "ru": Strangers("Глеб Верещагин", "Северная лига спасения", "Вальпараисо", ("десятки", "тысячи")),
    "uk": Strangers("Гліб Верещинський", "Північна ліга порятунку", "Вальпараїсо", ("десятки", "тисячі")),
    "ar": Strangers("بهاء القصبجي", "رابطة الخلاص الشمالية", "يوكوهاما", ("عشرات", "آلاف")),
    "zh": Strangers("欧阳震华", "北境救国同盟", "横滨", ("数十", "数千")),
}
