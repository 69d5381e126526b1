"""Personal words are sealed before they touch a disk (S22, S23).

Every sealed value belongs to a data key of its own case, draft or hour; data keys are stored wrapped by the
master key. Destroying a data key makes everything under it noise, wherever copies of it still lie.
"""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

KEY_BYTES = 32
NONCE_BYTES = 12
CODE_COST = 2**12
"""scrypt's n: about 10 ms a guess; a code has 50 bits of its own, so this is a second lock, not the first."""


class WrongKeyError(Exception):
    """The master key does not open this database."""


def seal(key: bytes, content: object, *, of: str) -> bytes:
    """The content as JSON, encrypted; `of` names its place, so that it cannot be passed off elsewhere."""
    nonce = os.urandom(NONCE_BYTES)
    words = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return nonce + AESGCMSIV(key).encrypt(nonce, words, of.encode())


def unseal(key: bytes, sealed: bytes, *, of: str) -> object:
    """What was sealed. Raises cryptography's InvalidTag for another key, another place or a changed byte."""
    nonce, words = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    content: object = json.loads(AESGCMSIV(key).decrypt(nonce, words, of.encode()))
    return content


def new_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


@dataclass(slots=True)
class Vault:
    """The master keys, and the root key that they wrap; the root outlives a change of master key.

    The first master key wraps, all of them open. `look` reads the place of the keys anew; it is asked when something
    does not open, or when the first has been retired. A key that was known once goes on opening in this process.
    """

    masters: tuple[bytes, ...]
    root: bytes = b""
    look: Callable[[], Sequence[bytes]] | None = None
    _derived: dict[str, bytes] = field(default_factory=dict)

    @property
    def mark(self) -> bytes:
        """By what a database knows the master key that wraps, without learning anything of it."""
        return mark(self.masters[0])

    def wrap(self, key: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + AESGCMSIV(self.masters[0]).encrypt(nonce, key, b"key")

    def unwrap(self, wrapped: bytes) -> bytes:
        """Raises WrongKeyError when no master key is the one that wrapped it."""
        key = self._opened(wrapped)
        if key is None and self.renew():
            key = self._opened(wrapped)
        if key is None:
            raise WrongKeyError
        return key

    def wraps(self, wrapped: bytes) -> bool:
        """Whether the first master key is the one that wrapped it."""
        return _unwrapped(self.masters[0], wrapped) is not None

    def renew(self) -> bool:
        """Looks for keys once more; whether there was news."""
        found = tuple(self.look()) if self.look else ()
        if not found or found == self.masters[: len(found)]:
            return False
        self.masters = found + tuple(known for known in self.masters if known not in found)
        return True

    def _opened(self, wrapped: bytes) -> bytes | None:
        keys = (_unwrapped(master, wrapped) for master in self.masters)
        return next((key for key in keys if key is not None), None)

    def derived(self, purpose: str) -> bytes:
        if purpose not in self._derived:
            self._derived[purpose] = hmac.digest(self.root, purpose.encode(), "sha256")
        return self._derived[purpose]

    def fingerprint(self, value: str, *, of: str) -> bytes:
        """The same value gives the same mark, and without the root key nobody can try values out."""
        return hmac.digest(self.derived(of), value.encode(), "sha256")

    def code_hash(self, code: str, *, salt: str) -> bytes:
        """A slow, keyed hash for the codes that people are given or choose (S10)."""
        slow = hashlib.scrypt(code.encode(), salt=salt.encode(), n=CODE_COST, r=8, p=1, dklen=32)
        return hmac.digest(self.derived("codes"), slow, "sha256")


def mark(master: bytes) -> bytes:
    return hmac.digest(master, b"mark", "sha256")[:16]


def _unwrapped(master: bytes, wrapped: bytes) -> bytes | None:
    try:
        return AESGCMSIV(master).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], b"key")
    except InvalidTag:
        return None
