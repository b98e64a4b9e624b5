from dataclasses import replace

from bot.encoder import open_encoder
from bot.reencoding import reencode
from db.database import Database
from db.registers import SqlRegisters
from planning.initiatives.registering import register_initiative
from planning.similarity import settled, text_of
from tests.builders import NOW, draft, lead, vector


def test_vectors_of_another_encoder_are_made_anew_once(database: Database, company: SqlRegisters) -> None:
    with company.writing() as register:
        register_initiative(register, draft(), vector(1), {}, lead(1, id=1), NOW)
    encoder = open_encoder()
    now_served_by = replace(database, encoder=encoder.version)

    assert reencode(now_served_by, encoder, lambda: NOW) == 1
    assert reencode(now_served_by, encoder, lambda: NOW) == 0

    with now_served_by.registers(company.workspace).reading() as register:
        (row,) = register.initiatives.portfolio().vectors
    expected = settled(encoder.encode([text_of(draft().title, draft().problem)])[0])
    assert (row == expected).all()
