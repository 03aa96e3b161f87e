"""PC135x: steps that call other systems, and what follows when a step comes to nothing. PC136x: taking back."""

from punchcard.language.codes.code import Code

CODES = (
    Code(
        "PC1351",
        "Not an address that can be called",
        "An address has a scheme and a host that are written out; values stand behind them, in the path and the "
        "query: `https://erp.shop.example/gifts/{{ order.id }}`.",
    ),
    Code(
        "PC1352",
        "A host that the programme does not name",
        "Campaigns call the systems that the programme's file lists: `hosts: [erp.shop.example]`.",
    ),
    Code(
        "PC1353",
        "A secret that the programme does not name",
        "The programme's file names what signs requests, `secrets: [erp_key]`; its value is in the environment.",
    ),
    Code(
        "PC1354",
        "Without encryption",
        "A host is called by `https`, unless the programme lists it with `http://`.",
    ),
    Code(
        "PC1355",
        "A body that nobody reads",
        "A `GET` asks for something and brings nothing: values go into the address, or the method is another.",
    ),
    Code(
        "PC1356",
        "More than a name between braces",
        "In addresses and bodies `{{ }}` takes one name, such as `{{ order.id }}`: other systems get values as they "
        "are, without filters.",
    ),
    Code(
        "PC1361",
        "Not in an undo",
        "What takes a step back is done at once: `call`, `update` and `send`, without `on_error` and `undo` of their "
        "own.",
    ),
    Code(
        "PC1362",
        "An undo that nobody asks for",
        "Steps are taken back where a `stop` says `undo: yes`; this campaign has none.",
        "warning",
        consequence=True,
    ),
    Code(
        "PC1363",
        "Nothing to take back",
        "The `stop` takes back what steps with an `undo` have done; this campaign has none.",
        "warning",
        consequence=True,
    ),
)
