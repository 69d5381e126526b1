"""One-time invitations for staff and carers; only a fingerprint of the code is kept."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.db import Transaction

CODE_BYTES = 12


@dataclass(frozen=True, slots=True)
class Invite:
    """A role with its districts; the audiences of a carer, the body of a partner, team and district of a group."""

    role: str
    scope: tuple[str, ...]


def issue(tx: Transaction, role: str, scope: Sequence[str], *, expires_at: datetime) -> str:
    """A new code, fit for a `t.me` link; it is shown once and cannot be read back."""
    code = secrets.token_urlsafe(CODE_BYTES)
    tx.run(
        "INSERT INTO invites (code, role, scope, expires_at) VALUES (:code, :role, :scope, :expires_at)",
        code=_mark(tx, code),
        role=role,
        scope=json.dumps(list(scope)),
        expires_at=expires_at,
    )
    return code


def redeem(tx: Transaction, code: str, *, by: int, now: datetime, group: bool = False) -> Invite | None:
    """Uses the code up; None when it is unknown, used, too old, or for a group where it is a person's turn."""
    row = tx.one(
        """
        UPDATE invites
        SET    used_at = :now, used_by = :by
        WHERE  code = :code AND used_at IS NULL AND expires_at > :now AND (role = 'group') = :group
        RETURNING role, scope
        """,
        code=_mark(tx, code),
        by=by,
        now=now,
        group=group,
    )
    return Invite(row["role"], tuple(json.loads(row["scope"]))) if row else None


def _mark(tx: Transaction, code: str) -> bytes:
    return tx.vault.fingerprint(code, of="invites")
