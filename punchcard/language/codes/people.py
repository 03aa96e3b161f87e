"""PC133x: steps that ask people, or change what is known of the customer."""

from punchcard.language.codes.code import Code

CODES = (
    Code(
        "PC1331",
        "A role that is not there",
        "Steps ask roles that the programme's file names: `roles: {manager: [ann]}`.",
    ),
    Code(
        "PC1332",
        "An approval that changes nothing",
        "What is rejected goes the same way as what is approved. Put the steps that need the approval into the "
        "branch `approved`, or end in `rejected` and in `otherwise`.",
    ),
    Code(
        "PC1333",
        "A branch that is no decision",
        "An approval has the branches `approved` and `rejected`; `otherwise` stands beside them.",
    ),
    Code(
        "PC1334",
        "Put on and taken off at once",
        "An update cannot do both with the same tag.",
    ),
    Code(
        "PC1335",
        "A task that may not be done",
        "Behind a task that nobody has done by its limit it goes on all the same, to a reward or message. "
        "Say with `otherwise` what happens then, put what depends on it into `then`, or ask for it in a condition "
        "(`task.done`). Where it really does not matter, `# allow PC1335: …` says so.",
        "warning",
    ),
)
