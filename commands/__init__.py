"""The commands: what each asks for, whom it calls, and with which code it ends."""
