"""Compiles the catalogues when a wheel is built, so that they are in it."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

from locales import catalogues


class CatalogueHook(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        catalogues.compile_all()
