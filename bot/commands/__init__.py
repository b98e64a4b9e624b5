"""What the commands of the command line do; `bot.cli` imports each of these when its command is run."""
