from db.pictures import IN_MESSAGES
from db.registers import SqlRegisters
from tests.builders import NOW, at


def test_a_picture_is_known_by_what_it_shows(company: SqlRegisters) -> None:
    with company.writing() as register:
        register.pictures.keep("trends:abc", "F1", NOW)

    with company.reading() as register:
        assert register.pictures.file("trends:abc") == "F1"
        assert register.pictures.file("trends:xyz") is None


def test_of_two_uploads_at_once_the_last_one_counts(company: SqlRegisters) -> None:
    for file in ("F1", "F2"):
        with company.writing() as register:
            register.pictures.keep("trends:abc", file, at(1))

    with company.reading() as register:
        assert register.pictures.file("trends:abc") == "F2"


def test_old_pictures_are_forgotten_the_oldest_first_and_some_at_a_time(company: SqlRegisters) -> None:
    with company.writing() as register:
        for day in (3, 1, 2, 4):
            register.pictures.keep(f"trends:{day}", f"F{day}", at(day))
        forgotten = register.pictures.forget(at(4), 2)

    with company.reading() as register:
        assert forgotten == ["F1", "F2"]
        assert [register.pictures.file(f"trends:{day}") for day in (1, 2, 3, 4)] == [None, None, "F3", "F4"]


def test_a_picture_that_a_message_shows_is_not_forgotten(company: SqlRegisters) -> None:
    with company.writing() as register:
        register.pictures.keep(f"{IN_MESSAGES}abc", "F1", at(1))

        assert register.pictures.forget(at(4), 2) == []
