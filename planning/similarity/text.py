"""What of an initiative is read."""


def text_of(title: str, problem: str) -> str:
    """The text of an initiative that is compared with others: its title as a sentence, then the problem."""
    title, problem = title.strip(), problem.strip()
    if not title or not problem or title[-1] in ".!?:;…":
        return f"{title} {problem}".strip()
    return f"{title}. {problem}"
