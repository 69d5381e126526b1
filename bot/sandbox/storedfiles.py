"""Files that went through the chats; they live in memory and are gone with the sandbox."""

import hashlib
from dataclasses import dataclass

from bot.sandbox.refusals import bad
from bot.sandbox.schema import Json


@dataclass(frozen=True, slots=True)
class Upload:
    """What a request brought, not yet stored."""

    name: str
    mime: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Stored:
    id: str
    path: str
    name: str
    mime: str
    body: bytes

    @property
    def wire(self) -> Json:
        unique = hashlib.sha256(self.body).hexdigest()[:16]
        return {"file_id": self.id, "file_unique_id": unique, "file_size": len(self.body)}


class Files:
    def __init__(self) -> None:
        self._by_id: dict[str, Stored] = {}
        self._by_path: dict[str, Stored] = {}

    def keep(self, upload: Upload, folder: str) -> Stored:
        if not upload.body:
            raise bad("file must be non-empty")
        number = len(self._by_id) + 1
        ending = upload.name.rpartition(".")[2] or "bin"
        stored = Stored(
            f"SANDBOX-FILE-{number}",
            f"{folder}/file_{number}.{ending}",
            upload.name,
            upload.mime,
            upload.body,
        )
        self._by_id[stored.id] = self._by_path[stored.path] = stored
        return stored

    def by_id(self, file_id: str) -> Stored:
        if file_id not in self._by_id:
            raise bad("wrong file identifier/HTTP URL specified")
        return self._by_id[file_id]

    def at(self, path: str) -> Stored | None:
        return self._by_path.get(path)
