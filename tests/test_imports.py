"""The rule for imports notices what it forbids."""

from grimp import ImportGraph
from importlinter import ContractCheck

from tests.support.only_contract import OnlyContract


def check(**options: object) -> ContractCheck:
    """Check a small program: `shop.till` imports `shop.goods`, `json`, `yaml` and the composition root."""
    graph = ImportGraph()
    for module in ("shop", "shop.till", "shop.till.drawer", "shop.goods"):
        graph.add_module(module)
    for module in ("json", "yaml", "worker"):
        graph.add_module(module, is_squashed=True)
    graph.add_import(importer="shop.till", imported="json")
    graph.add_import(importer="shop.till", imported="shop.till.drawer")
    graph.add_import(importer="shop.till", imported="shop.goods")
    graph.add_import(importer="shop.till.drawer", imported="yaml")
    graph.add_import(importer="shop.till.drawer", imported="worker")
    contract = OnlyContract("till", {"root_packages": ["shop"]}, {"importer": "shop.till", **options})
    return contract.check(graph, verbose=False)


def broken(result: ContractCheck) -> set[str]:
    """The imports that the rule refuses."""
    return {target for _, target in result.metadata["broken"]}


def test_nothing_but_the_standard_library_by_default() -> None:
    """A package's own modules and the standard library need no permission; a root can have none."""
    assert broken(check()) == {"shop.goods", "yaml", "worker"}


def test_ours_and_third_parties_are_allowed_by_name() -> None:
    """Each list permits its own kind, and `*` any third party but never ours."""
    assert broken(check(allowed=["shop.goods"], third_party=["yaml"])) == {"worker"}
    assert broken(check(third_party=["*"])) == {"shop.goods", "worker"}


def test_a_rule_about_nothing_is_broken() -> None:
    """A misspelt package does not pass unnoticed."""
    assert not check(importer="shop.tills").kept
