"""Whether a text in another language finds its English counterpart: ten of our own initiatives, translated by us.

For each language, as the bare model sees it: in how many of ten cases the translation's nearest of twenty English
texts (the ten, and ten about something else) is its own original; the mean cosine with the original and with the
others; the mean and the greatest cosine of two different initiatives that are both in that language; and how many of
these 45 unlike pairs would be false alerts if they also shared a stage, a segment and days. Last, how many of the ten
texts the packaged encoder leaves unread (`planning.similarity.language`), so that none of this happens.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.encoder import PACKAGED, open_encoder
from planning.overlaps.evidence import probability
from planning.overlaps.weights import ALERT, UNSAID, Evidence
from planning.similarity import Encoder
from planning.similarity.minilm import MiniLm

ENGLISH = (
    "Renewal letters in plain words. Members ring us because they cannot see why the price went up.",
    "Parcel tracking in the app. Customers ask every day where their order is.",
    "A nurse calls back. Patients who live alone are rung within two days of going home.",
    "Shorter queue at the till. On Saturdays people wait twenty minutes and leave their basket.",
    "One password for everything. Customers need three accounts to see their bill, their contract and their claims.",
    "A guide for new suppliers. They send invoices to the wrong address and wait months for their money.",
    "Heating that is repaired the same day. Tenants sit in the cold over the weekend.",
    "Warn before the data runs out. Travellers get a bill of hundreds of euros from abroad.",
    "School meals for allergic children. Parents must send a letter every month.",
    "Seats together for families. At check-in, children are placed far from their parents.",
)
UNRELATED = (
    "New tyres for the delivery vans. The old ones are worn.",
    "Move the payroll to another bank. The contract ends in June.",
    "Paint the roof of the warehouse white. It is too hot in summer.",
    "A choir for the staff. People from different sites should meet.",
    "Replace the microscopes in the laboratory. Spare parts are no longer made.",
    "Train twelve welders. Half of them retire within two years.",
    "Insure the art collection. Its value was last estimated in 1998.",
    "Plant hedges around the car park. The wind breaks the barriers.",
    "Archive the minutes of the board. They are stored in boxes in the cellar.",
    "Measure the noise of the compressors. The neighbours of the plant complain at night.",
)
GERMAN = (
    "Verlängerungsbriefe in klaren Worten. Mitglieder rufen an, weil sie nicht sehen, warum der Preis gestiegen ist.",
    "Sendungsverfolgung in der App. Kunden fragen jeden Tag, wo ihre Bestellung ist.",
    "Eine Pflegekraft ruft zurück. Alleinlebende Patienten werden binnen zwei Tagen nach der Heimkehr angerufen.",
    "Kürzere Schlange an der Kasse. Samstags warten die Leute zwanzig Minuten und lassen ihren Korb stehen.",
    "Ein Passwort für alles. Kunden brauchen drei Konten, um Rechnung, Vertrag und Schäden zu sehen.",
    "Ein Leitfaden für neue Lieferanten. Sie schicken Rechnungen an die falsche Adresse und warten monatelang.",
    "Heizungen, die am selben Tag repariert werden. Mieter sitzen das Wochenende über in der Kälte.",
    "Warnen, bevor das Datenvolumen endet. Reisende bekommen aus dem Ausland eine Rechnung über Hunderte Euro.",
    "Schulessen für Kinder mit Allergien. Eltern müssen jeden Monat einen Brief schicken.",
    "Familien sitzen zusammen. Beim Einchecken werden Kinder weit von ihren Eltern gesetzt.",
)
FRENCH = (
    "Des lettres de renouvellement claires. Les membres appellent, car ils ne voient pas pourquoi le prix a augmenté.",
    "Le suivi des colis dans l’application. Les clients demandent chaque jour où est leur commande.",
    "Une infirmière rappelle. Les patients qui vivent seuls sont appelés dans les deux jours après leur retour.",
    "Moins d’attente à la caisse. Le samedi, les gens attendent vingt minutes et abandonnent leur panier.",
    "Un seul mot de passe. Il faut trois comptes aux clients pour voir leur facture, leur contrat et leurs sinistres.",
    "Un guide pour les nouveaux fournisseurs. Ils se trompent d’adresse de facturation et attendent des mois.",
    "Un chauffage réparé le jour même. Les locataires restent dans le froid tout le week-end.",
    "Prévenir avant la fin du forfait de données. Les voyageurs reçoivent de l’étranger une facture salée.",
    "Des repas scolaires pour les enfants allergiques. Les parents doivent envoyer une lettre chaque mois.",
    "Des sièges côte à côte pour les familles. À l’enregistrement, les enfants sont placés loin de leurs parents.",
)
SPANISH = (
    "Cartas de renovación claras. Los socios llaman porque no ven por qué ha subido el precio.",
    "Seguimiento de paquetes en la aplicación. Los clientes preguntan cada día dónde está su pedido.",
    "Una enfermera devuelve la llamada. A los pacientes que viven solos se les llama a los dos días de volver a casa.",
    "Menos cola en la caja. Los sábados la gente espera veinte minutos y abandona la cesta.",
    "Una contraseña para todo. Los clientes necesitan tres cuentas para ver su factura, su contrato y sus siniestros.",
    "Una guía para nuevos proveedores. Mandan facturas a una dirección equivocada y esperan meses su dinero.",
    "Calefacción reparada el mismo día. Los inquilinos pasan frío todo el fin de semana.",
    "Avisar antes de que se acaben los datos. Los viajeros reciben del extranjero una factura de cientos de euros.",
    "Comedor escolar para niños alérgicos. Los padres deben enviar una carta cada mes.",
    "Asientos juntos para las familias. Al facturar, los niños quedan lejos de sus padres.",
)
JAPANESE = (
    "わかりやすい更新のお知らせ。値上がりの理由がわからず、会員から電話がかかってくる。",
    "アプリで荷物を追跡。注文品が今どこにあるのか、毎日お客様から問い合わせがある。",
    "看護師が折り返し電話をする。一人暮らしの患者に、退院後二日以内に電話をかける。",
    "レジの待ち時間を短く。土曜日は二十分も待たされ、かごを置いて帰る人がいる。",
    "パスワードを一つに。請求書と契約と保険金請求を見るのに三つのアカウントが要る。",
    "新しい仕入先のための手引き。請求書を間違った住所に送り、入金まで何か月も待っている。",
    "暖房をその日のうちに修理。入居者は週末を寒い部屋で過ごしている。",
    "データ容量がなくなる前に知らせる。旅行者に海外から何百ユーロもの請求が届く。",
    "アレルギーのある子どもの給食。保護者は毎月手紙を出さなければならない。",
    "家族は隣同士の席に。搭乗手続きで子どもが親から離れた席にされる。",
)
LANGUAGES: Mapping[str, Sequence[str]] = {
    "English": ENGLISH,
    "German": GERMAN,
    "French": FRENCH,
    "Spanish": SPANISH,
    "Japanese": JAPANESE,
}


@dataclass(frozen=True, slots=True)
class Understood:
    """How one language fares: shares of texts or pairs, and cosines."""

    recall_at_1: float
    original: float
    others: float
    within: float
    within_most: float
    false_alerts: float
    unread: float


def understood(bare: Encoder, packaged: Encoder, texts: Sequence[str]) -> Understood:
    """How the encoders fare with the ten texts, renderings of ENGLISH in the same order."""
    rows = bare.encode(texts)
    cosines = rows @ bare.encode([*ENGLISH, *UNRELATED]).T
    own, unlike = np.diagonal(cosines), ~np.eye(len(texts), cosines.shape[1], dtype=bool)
    within = (rows @ rows.T)[np.triu_indices(len(texts), 1)]
    return Understood(
        float((own > np.where(unlike, cosines, -1).max(axis=1)).mean()),
        float(own.mean()),
        float(cosines[unlike].mean()),
        float(within.mean()),
        float(within.max()),
        float(np.mean([sharing(cosine) >= ALERT for cosine in within.tolist()])),
        float((~packaged.encode(texts).any(axis=1)).mean()),
    )


def sharing(cosine: float) -> float:
    """The probability of two initiatives that share a stage, a segment and days and say nothing else."""
    said = Evidence(cosine=cosine, stages=1, segments=1, touchpoints=UNSAID, days=1, metrics=UNSAID, problem=0)
    return probability(said)


def bare_encoder() -> MiniLm:
    """The packaged model, made to read whatever it is given."""
    model, vocabulary = (PACKAGED / "model.onnx").read_bytes(), (PACKAGED / "vocab.txt").read_bytes()
    return MiniLm(model, vocabulary, version="bare", reads=bool)


def main() -> None:
    """Print a line for each language."""
    bare, packaged = bare_encoder(), open_encoder()
    print(f"{'':<10}recall@1  original  others  unlike: mean   most  false alerts  unread")
    for language, texts in LANGUAGES.items():
        it = understood(bare, packaged, texts)
        print(
            f"{language:<10}{it.recall_at_1:8.1f}{it.original:10.2f}{it.others:8.2f}"
            f"{it.within:14.2f}{it.within_most:7.2f}{it.false_alerts:14.2f}{it.unread:8.1f}"
        )


if __name__ == "__main__":
    main()
