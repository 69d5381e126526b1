"""Compiles the catalogues when a wheel is built, so that they are in it."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
        from locales import catalogues  # noqa: PLC0415 - the tree is on the path only from here on

        catalogues.compile_all()
