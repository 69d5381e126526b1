"""Telegram on a table: a strict local Bot API, a clock that can be moved, and a page with several phones.

It knows nothing of the bot that plays in it; the bot is an ordinary one that was told another address.
Tests that need a Telegram take `bot.sandbox.api.LocalApi` with a `bot.sandbox.world.World`;
the whole play, with page and bot, is `bot.sandbox.serve.serve`.
"""
