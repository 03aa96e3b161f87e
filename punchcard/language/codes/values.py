"""PC12xx: a value is not what its place asks for."""

from punchcard.language.codes.code import Code

CODES = (
    Code(
        "PC1201",
        "Another shape",
        "A list, keys with values or a single value stands where another of these belongs.",
    ),
    Code(
        "PC1202",
        "No value",
        "The place is empty.",
        consequence=True,
    ),
    Code(
        "PC1203",
        "Not a span of time",
        "Spans are written `90 minutes`, `7 days`, `6 months`. Where a fixed length is needed, "
        "months and years have none.",
    ),
    Code(
        "PC1204",
        "Not an amount",
        "Amounts are written `500` or `12.50`, in the campaign's currency, with no more decimals "
        "than it has.",
    ),
    Code(
        "PC1205",
        "Not a share",
        "Shares are written `20%` or `7.5%`.",
    ),
    Code(
        "PC1206",
        "Another currency",
        "A campaign counts in one currency, so that nothing depends on a rate.",
    ),
    Code(
        "PC1207",
        "Not a point in time",
        "Points in time are written `2026-05-04`, `09:00`, `monday at 09:00`, `coupon.expires` or"
        " `3 days before coupon.expires`.",
    ),
    Code(
        "PC1208",
        "Not one of the words",
        "The place takes one of a few words.",
    ),
    Code(
        "PC1209",
        "Too long",
        "The text is longer than its place allows.",
    ),
    Code(
        "PC1210",
        "Not a name",
        "Campaigns and messages are named with hyphens (`spend-and-save`), what expressions name "
        "with underscores (`second_coupon`).",
    ),
    Code(
        "PC1211",
        "Neither yes nor no",
        "One way to write each thing: `yes` or `no`.",
    ),
    Code(
        "PC1212",
        "Not a count",
        "A whole number from 1; of days ahead, from 0.",
    ),
    Code(
        "PC1213",
        "No such currency",
        "Currencies are written as three capitals.",
    ),
    Code(
        "PC1214",
        "No such time zone",
        "Zones are written as region and city, such as `Europe/Berlin`, so that summer time is known.",
    ),
    Code(
        "PC1215",
        "No such language",
        "Languages are written as `en`, `de` or `pt-BR`.",
    ),
    Code(
        "PC1216",
        "Not an e-mail address",
        "An address has a name, an @ and a domain.",
    ),
    Code(
        "PC1217",
        "Not a limit",
        "Limits are written `5 per year` (calendar), `3 in any 90 days` or `3 in any 2 months` (moving), those "
        "of a budget `100 per month`.",
    ),
    Code(
        "PC1218",
        "Not a kind of answer",
        "Answers are a range such as `1..5`, `text`, or 2 to 20 choices.",
    ),
    Code(
        "PC1219",
        "An unclear discount",
        "A bare number could be a share or an amount, and the difference is expensive.",
    ),
    Code(
        "PC1220",
        "Not a span of the day",
        "Two local times with two dots between them; it may pass midnight.",
    ),
    Code(
        "PC1230",
        "Not a time of day",
        "Times of the day are written `09:00` or `18:30`, by the clock of 24 hours.",
    ),
    Code(
        "PC1231",
        "Not a rhythm",
        "`every` takes `day`, weekdays, `month`, `quarter` or `year` (their first days), or a number of days or weeks.",
    ),
    Code(
        "PC1232",
        "Not a cron rhythm",
        "Five fields: minute, hour, day of the month, month, day of the week. At most once an hour, and either days "
        "of the month or of the week.",
    ),
    Code(
        "PC1235",
        "Not a host",
        "Hosts are written without a path: `erp.shop.example`, with a port where it is not the usual one, and with "
        "`http://` before it where nothing encrypts.",
    ),
    Code(
        "PC1236",
        "Not a time-out",
        "How long an answer is waited for: 1 to 60 seconds.",
    ),
    Code(
        "PC1221",
        "Not a pace",
        "How many instances may start in a minute, an hour or a day; they start evenly.",
    ),
    Code(
        "PC1222",
        "Not a calendar",
        "A calendar has weekdays, hours of the day, and holidays: dates, or days of each year such as `12-25`.",
    ),
    Code(
        "PC1223",
        "Working time without a calendar",
        "`2 working days` count by the `calendar` of the programme's file, which says when the shop works.",
    ),
)
