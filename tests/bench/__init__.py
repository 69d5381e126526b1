"""Benchmarks: bare python-telegram-bot and our bot, side by side, against one Bot API on this machine."""
