"""What a person is told when something cannot be done; each message says what to do next."""


class PlanningError(Exception):
    """A refusal whose text is meant for the person who asked."""


class NotFound(PlanningError):
    """What was asked for is not, or no longer, in the register."""


class NotAllowed(PlanningError):
    """The person may not do this; the text names who may."""


class AlreadyDone(PlanningError):
    """Somebody was faster; the text says who and what."""


class Busy(PlanningError):
    """Nothing was saved because others write, or the database cannot be reached; the same is to be tried again."""


class FieldError(PlanningError):
    """A form field cannot be taken as it is; `errors` maps field names to what to do."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = errors
