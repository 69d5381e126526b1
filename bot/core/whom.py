"""Whom the bot may write to. Each kind is made in one place; nothing else type-checks as an address (S08)."""

from typing import NewType

Asker = NewType("Asker", int)
"""The person whose update is being answered; made where updates come in (bot/run/desk.py)."""
Colleague = NewType("Colleague", int)
"""Somebody with a role; made by storage, from roles, claimed cases and planned visits."""
Carer = NewType("Carer", int)
"""Somebody who joined an audience; made by storage. Only what concerns trainings is addressed so."""
Subscriber = NewType("Subscriber", int)
"""Somebody who joined a campaign by their own choice; made by storage. Only that campaign's news is addressed so."""
Group = NewType("Group", int)
"""A group of a team that the bot was invited into; made by storage/groups.py. It reads numbers and deadlines only."""

To = Asker | Colleague | Carer | Group
"""A resident who has not just written is none of these: only a Push reaches her (bot/core/safety.py)."""

NOBODY = Asker(0)
"""When a bell rings, nobody has asked."""
