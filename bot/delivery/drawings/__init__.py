"""How messages of each subject are drawn: read from the register, drawn by the views."""
