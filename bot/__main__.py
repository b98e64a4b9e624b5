"""`python -m bot` is `concord`."""

from bot.cli import main

main()
