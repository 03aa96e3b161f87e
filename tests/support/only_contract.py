"""An import-linter contract that states what a package may import, where its own kinds state what it may not."""

import sys

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class OnlyContract(Contract):
    """`importer` may import itself, the standard library, `allowed` (ours) and `third_party` (`*` for any)."""

    importer = fields.StringField()
    allowed = fields.ListField(subfield=fields.StringField(), required=False, default=[])
    third_party = fields.ListField(subfield=fields.StringField(), required=False, default=[])

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Compare each direct import of `importer` with the lists."""
        importer = str(self.importer)
        if importer not in graph.modules:
            return ContractCheck(
                kept=False, metadata={"broken": [(importer, "anything: there is no such module")]}
            )
        roots = {str(name) for name in self.session_options["root_packages"]} | {"worker"}
        broken = [
            (module, target)
            for module in sorted(_with_descendants(graph, importer))
            for target in sorted(graph.find_modules_directly_imported_by(module))
            if not self._permits(importer, target, roots)
        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each import that is not on the list."""
        for module, target in check.metadata["broken"]:
            output.print_error(f"{module} may not import {target}.")

    def _permits(self, importer: str, target: str, roots: set[str]) -> bool:
        top = target.partition(".")[0]
        if top in roots:
            # The packages themselves are empty, and importing a module imports them.
            ours = [importer, *map(str, self.allowed)]  # type: ignore[call-overload]
            return any(_lies_in(target, name) for name in ours)
        third_party = list(map(str, self.third_party))  # type: ignore[call-overload]
        return top in sys.stdlib_module_names or "*" in third_party or top in third_party


def _with_descendants(graph: ImportGraph, package: str) -> set[str]:
    return {package, *graph.find_descendants(package)}


def _lies_in(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")
