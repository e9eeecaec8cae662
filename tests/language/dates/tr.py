"""Turkish."""

THU = "2022-03-03"
JUN = "2024-06-20"
CASES = [
    ("Birlikler Çarşamba günü Herson'a girdi.", THU, [("Çarşamba günü", "2022-03-02")]),
    ("Bombardıman perşembe sabahı yeniden başladı.", THU, [("perşembe sabahı", "2022-03-03")]),
    ("İşgal geçen perşembe başladı.", THU, [("geçen perşembe", "2022-02-24")]),
    ("Görüşmeler Pazartesi günü devam edecek.", THU, [("Pazartesi günü", "2022-03-07")]),
    ("Zirve Cumartesi günü Brüksel'de yapılacak.", THU, [("Cumartesi günü", "2022-03-05")]),
    ("Bakan Salı günü ordunun çekilmediğini söyledi.", THU, [("Salı günü", "2022-03-01")]),
    ("Toplantı Cuma günü planlanıyor.", THU, [("Cuma günü", "2022-03-04")]),
    (
        "Salıyı çarşambaya bağlayan gece füzeler düştü.",
        THU,
        [("Salıyı çarşambaya bağlayan gece", "2022-03-01/2022-03-02")],
    ),
    ("Operasyon 24 Şubat'ta başladı.", THU, [("24 Şubat", "2022-02-24")]),
    ("1 Mart 2022'de televizyon kulesi vuruldu.", None, [("1 Mart 2022", "2022-03-01")]),
    ("24 Şubat 2022 Perşembe günü sirenler çaldı.", None, [("24 Şubat 2022 Perşembe günü", "2022-02-24")]),
    ("3-5 Mart tarihlerinde ateşkes vardı.", "2022-03-10", [("3-5 Mart tarihlerinde", "2022-03-03/2022-03-05")]),
    ("Mart 2014'te Kırım ilhak edildi.", None, [("Mart 2014", "2014-03")]),
    ("Çatışma 2014'ten beri sürüyor.", None, [("2014", "2014")]),
    ("2014 yılında Kırım ilhak edildi.", None, [("2014 yılında", "2014")]),
    ("Dün 34 sivil öldü.", THU, [("Dün", "2022-03-02")]),
    ("Bugün koridor kapalı, yarın açılacak.", THU, [("Bugün", "2022-03-03"), ("yarın", "2022-03-04")]),
    ("Üç gün önce kent sakindi.", THU, [("Üç gün önce", "2022-02-28")]),
    ("Savaş sekiz yıl önce başladı.", THU, [("sekiz yıl önce", "2014")]),
    ("Geçen hafta 40 ev yandı.", THU, [("Geçen hafta", "2022-02-21/2022-02-27")]),
    ("Son üç gün içinde binlerce kişi kaçtı.", THU, [("Son üç gün", "2022-02-28/2022-03-03")]),
    (
        "Saldırı 24 Şubat'ta oldu. Ertesi gün havaalanı düştü.",
        THU,
        [("24 Şubat", "2022-02-24"), ("Ertesi gün", "2022-02-25")],
    ),
    (
        "24 Şubat'ta başlayan savaşın sekizinci gününde Herson düştü.",
        THU,
        [("24 Şubat", "2022-02-24"), ("savaşın sekizinci gününde", "2022-03-03")],
    ),
    ("Konvoy Çarşamba günü yola çıktı.", None, [("Çarşamba günü", None)]),
    ("Kent geçen yıl nisan ayında düştü.", JUN, [("geçen yıl nisan ayında", "2023-04")]),
]
NOTHING = [
    "Halk pazar yerinde toplandı, ocak yandı.",
    "Bilanço 24 kişi, 3,5 ton ve 142.500 mermi.",
    "Maçı 3-2 kazandılar, saat 14.30'da.",
    "2014 kişi teslim oldu.",
]
