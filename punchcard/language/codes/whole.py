"""PC17xx: the campaign as a whole."""

from punchcard.language.codes.code import Code

CODES = (
    Code(
        "PC1701",
        "Another name than the file's",
        "The name in `campaign:` and the file's name are the same, so that either leads to the other.",
    ),
    Code(
        "PC1702",
        "It ends before it starts",
        "`ends` is the last day and `starts` the first.",
    ),
    Code(
        "PC1710",
        "A rhythm without a beginning",
        "A rhythm of so many days or weeks is counted from the campaign's first day, which `starts` names.",
    ),
    Code(
        "PC1711",
        "A time that a zone skips",
        "When clocks are put forward, this time of day does not exist; the next one that does is taken.",
        "warning",
    ),
    Code(
        "PC1703",
        "An unbounded liability",
        (
            "Customers can earn these rewards again and again, and neither a `limit` or `again` for each of them nor a "
            "`budget` for all ends it. What comes once a year, or on one date, needs none."
        ),
        "warning",
        consequence=True,
    ),
    Code(
        "PC1704",
        "It ends before its own last step",
        "Counted from the first day, with the shortest path and every wait at its limit where it has to be reached.",
        "warning",
        consequence=True,
    ),
    Code(
        "PC1705",
        "A reward that is given after it has expired",
        "The reward ends on a date, and customers can still earn it after that.",
        "warning",
        consequence=True,
    ),
    Code(
        "PC1706",
        "A holdout with a transactional message",
        "Customers in the holdout get nothing, also not what a service message would tell them.",
        "warning",
        consequence=True,
    ),
    Code(
        "PC1707",
        "Two campaigns reward the same",
        "The same orders count in both, at the same time, so customers are rewarded twice for them. Found among files "
        "of one folder, among those that are published together, and beside the campaigns that run.",
        "warning",
        consequence=True,
    ),
    Code(
        "PC1709",
        "A reward that the budget does not bound",
        (
            "The `amount` of a budget counts what codes take off: the most that they can while they are out, and what "
            "they did once they are used. A share without `at_most` has no such bound, so codes that are out can go "
            "beyond the budget. An item, shipping or a gift has no price here: only `rewards` bounds them."
        ),
        "warning",
        consequence=True,
    ),
    Code(
        "PC1708",
        "A budget smaller than one reward",
        "The budget's amount is used up before the first reward is given.",
        consequence=True,
    ),
    Code(
        "PC1712",
        "A plan that is too large",
        "What a campaign comes to, with all its messages in all languages and its shared steps wherever they are "
        "used, is kept in the memory of every worker.",
    ),
    Code(
        "PC1713",
        "A campaign that is not there",
        "The trigger `reward` and the step `start` name another campaign. Found beside the other campaigns of "
        "the folder; one that is published later may still be meant.",
        "warning",
    ),
    Code(
        "PC1714",
        "Longer than the rewards are valid",
        "`expires_in` counts back from the end of a reward. None of the campaign that is named is valid for so long, "
        "so nobody would be found.",
        "warning",
    ),
    Code(
        "PC1715",
        "A message at midnight",
        "A code ends with its last day, at 23:59, and whole days before that it is 23:59 as well. A time of day behind "
        "the moment says when on that day the message is to go out.",
        "warning",
        consequence=True,
    ),
    Code(
        "PC1716",
        "An experiment that ends with its campaign",
        "A customer is counted when `within` is over. If that is after the last day, nobody comes any more who "
        "could take the best variant.",
        "warning",
        consequence=True,
    ),
    Code(
        "PC1717",
        "A day that is over",
        "A schedule, the campaign's last day, the end of a reward or of a wait lies in the past, so nothing comes of "
        "it any more. `check --today` sets the day by which that is told; otherwise the clock does. A day is over once "
        "it is over everywhere.",
        "warning",
    ),
    Code(
        "PC1718",
        "A schedule outside the campaign's days",
        "A schedule of one day starts nobody if that day lies before `starts` or behind `ends`.",
        "warning",
    ),
    Code(
        "PC1719",
        "A campaign that cannot be started like this",
        "A `start` hands over the inputs that the other campaign's trigger `manual` asks for, all of them and no more. "
        "A campaign with another trigger is started by that alone. Found beside the other campaigns of the folder.",
        "warning",
    ),
)
