"""PC13xx: a step is not put together as steps are. PC16xx: a path that makes no sense."""

from punchcard.language.codes.code import Code

CODES = (
    Code(
        "PC1301",
        "A trigger with nothing behind it",
        "A trigger without arguments stands behind `when:` itself.",
    ),
    Code(
        "PC1302",
        "An `if` that leads nowhere",
        "It has neither `then` nor `otherwise`.",
        consequence=True,
    ),
    Code(
        "PC1303",
        "Not an event that can be heard of",
        "An instance hears of its own rewards (`coupon.redeemed`), of the customer's orders "
        "(`customer.ordered`) and of declared events.",
    ),
    Code(
        "PC1304",
        "An event stands twice",
        "Waiting twice for the same thing.",
    ),
    Code(
        "PC1305",
        "A branch for another event",
        "A branch follows an event that its wait names.",
        consequence=True,
    ),
    Code(
        "PC1306",
        "Two limits",
        "A wait ends after a span (`up_to`) or at a moment (`until`).",
    ),
    Code(
        "PC1307",
        "A wait without a limit",
        "Every wait for an event says how long at most, so that no instance waits for ever.",
        consequence=True,
    ),
    Code(
        "PC1308",
        "Ways of a wait for nothing",
        "A wait without `for` goes on in one way, with the next step; so does a `start` that does not wait.",
    ),
    Code(
        "PC1309",
        "Too many steps",
        "A campaign has at most 300 steps, nested at most 10 deep.",
    ),
    Code(
        "PC1310",
        "Two verbs in one step",
        "A step is one verb; each begins with a dash of its own.",
    ),
    Code(
        "PC1311",
        "An unknown step",
        "There is no verb of this name.",
    ),
    Code(
        "PC1312",
        "Arguments beside their verb",
        "What belongs to a verb stands within it: two spaces deeper, or in its braces.",
    ),
    Code(
        "PC1313",
        "Not beside this verb",
        "`as` stands beside what makes something, `then` and `otherwise` beside what has ways.",
    ),
    Code(
        "PC1314",
        "An id stands twice",
        "An `id` names one step.",
    ),
    Code(
        "PC1315",
        "Ways inside their verb",
        "`then`, `otherwise`, `branches`, `steps`, `as`, `id` and `note` stand beside the verb, in its column.",
    ),
    Code(
        "PC1320",
        "Nothing to choose by",
        "A choice goes by a text or a whole number: an answer, a currency, a count. A yes or no is for `if`, "
        "and so is what lies above or below an amount.",
    ),
    Code(
        "PC1321",
        "Branches are missing",
        "This step has nothing but its branches, and there are none.",
        consequence=True,
    ),
    Code(
        "PC1322",
        "A branch that is never taken",
        "The value cannot be this, or an earlier branch takes it already.",
        consequence=True,
    ),
    Code(
        "PC1323",
        "Shares that are not 100%",
        "Each customer gets one variant, so the shares of all variants make 100%.",
    ),
    Code(
        "PC1324",
        "Too many rounds",
        "A step is done at most 400 times by one instance; rounds within rounds multiply.",
    ),
    Code(
        "PC1325",
        "A repeat that never repeats",
        "Every path of its steps ends the instance, so there is no second round.",
    ),
    Code(
        "PC1326",
        "An answer without a way",
        "Some of the answers that can be given have no branch, and there is no `otherwise`: whoever gives them goes on "
        "behind the step as if there were none.",
        "warning",
    ),
    Code(
        "PC1327",
        "Not to be counted",
        "An experiment counts what the database keeps of each customer with its time: the redemption of a reward, the "
        "answer to a question, the customer's orders and declared events.",
    ),
    Code(
        "PC1328",
        "Only some variants can succeed",
        "What one variant alone makes possible happens in that one alone, however well the others do.",
    ),
    Code(
        "PC1329",
        "Never sure",
        "With so few customers the first look could not be sure of anything, whatever it sees; of a variant that "
        "nobody gets nothing is known; and nobody is entirely sure.",
    ),
    Code(
        "PC1330",
        "An experiment without an id",
        "Without an `id` it is known by its place: a step that is put before it makes another experiment of it, "
        "which begins with nobody.",
        "warning",
    ),
    Code(
        "PC1340",
        "No such shared step",
        "`use` names a step below `shared:` of the same campaign.",
        consequence=True,
    ),
    Code(
        "PC1341",
        "A shared step that uses itself",
        "It would never end, also where it comes back to itself through others.",
    ),
    Code(
        "PC1342",
        "A shared step that is never used",
        "A step was forgotten, or this is left over. What stands in it is not checked until it is used.",
        "warning",
        consequence=True,
    ),
    Code(
        "PC1343",
        "Several things, and one name for them",
        "`as` beside `use` names what the shared step makes, so it has to make one thing.",
    ),
    Code(
        "PC1370",
        "A channel stands twice",
        "Channels are tried in turn; one that stands again is never reached.",
    ),
    Code(
        "PC1601",
        "An unreachable step",
        "Every path ends before it.",
        "error",
    ),
    Code(
        "PC1602",
        "After the reward has expired",
        "On every path to this step, the reward has expired: its code cannot be used any more.",
        "warning",
    ),
    Code(
        "PC1603",
        "A moment before the reward",
        "The moment lies so long before the reward's expiry that the reward did not exist yet.",
        "warning",
    ),
    Code(
        "PC1604",
        "A wait for what has happened already",
        "On every path to this wait, what it waits for has happened, as a reward that was redeemed: it ends at once.",
        "warning",
    ),
    Code(
        "PC1605",
        "The same message twice in a row",
        "The customer gets the same words twice at the same moment.",
        "warning",
        consequence=True,
    ),
)
