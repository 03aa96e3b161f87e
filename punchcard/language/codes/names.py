"""PC14xx: names and conditions."""

from punchcard.language.codes.code import Code

CODES = (
    Code(
        "PC1401",
        "An unknown name",
        "Nothing of this name exists at this place.",
        consequence=True,
    ),
    Code(
        "PC1402",
        "Not on every path",
        "Some path to this place has not made the reward or asked the question.",
        consequence=True,
    ),
    Code(
        "PC1403",
        "Not with this trigger",
        (
            "`order.` exists where orders start the campaign, `event.` with the trigger `event`, "
            "`inputs.` with `manual`."
        ),
        consequence=True,
    ),
    Code(
        "PC1404",
        "No such field",
        "A reward or answer has other fields, or this one can stand elsewhere only.",
    ),
    Code(
        "PC1405",
        "A reward that never expires",
        "`expires` is named, and the reward has none.",
        consequence=True,
    ),
    Code(
        "PC1406",
        "A word with a meaning of its own",
        "This word cannot name a reward or answer, since conditions use it otherwise.",
    ),
    Code(
        "PC1407",
        "A name that may exist already",
        "Two things of one name on the same path could not be told apart. In branches that "
        "exclude each other a name may repeat.",
    ),
    Code(
        "PC1408",
        "Possibly without a value",
        "An answer has a value only in the `then` of its question; what a call returns has one only where it has not "
        "failed.",
    ),
    Code(
        "PC1410",
        "Not a condition",
        "Conditions compare: `customer.orders > 3 and not coupon.redeemed`. Values that are "
        "neither numbers nor yes or no go in quotes.",
    ),
    Code(
        "PC1411",
        "Types that do not meet",
        "The two sides of an operator do not fit to each other.",
    ),
    Code(
        "PC1412",
        "Written otherwise here",
        "One way to write each thing: `and`, `or`, `not`, `==`, `!=`.",
    ),
    Code(
        "PC1413",
        "More than a condition can do",
        "Conditions have comparisons, sums, `in`, and few questions; decide the rest with steps.",
    ),
    Code(
        "PC1414",
        "Always the same",
        "The condition names no fact, so it decides nothing.",
    ),
    Code(
        "PC1415",
        "Whoever's is unknown is left out",
        "A comparison with something absent is not met, and `not` does not turn that round: `not customer.staff` "
        "holds for those of whom it is known that they are none, `customer.club` that is not `gold` for those who have "
        "another club. Customers of whom the field is unknown are often most of them. To mean them too, leave out the "
        "others: in `audience` by `none_of` with a segment, in a step by `if` with the way in `otherwise`. "
        "So with orders: for one that says nothing of `sale`, `not order.sale` does not hold; send it always.",
        "warning",
    ),
    Code(
        "PC1416",
        "A value that never comes",
        "Where only some values can come (the choices of a question, its numbers, how a campaign ended, the status of "
        "an order, the `enum` of an event's field, languages, zones and currencies), comparing with another one "
        "decides nothing. Capitals count: `Price` is another choice than `price`.",
    ),
)
