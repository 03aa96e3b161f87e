"""PC15xx: messages."""

from punchcard.language.codes.code import Code

CODES = (
    Code(
        "PC1501",
        "No such message",
        "A step sends a message that is neither in the file nor in its folder.",
        consequence=True,
    ),
    Code(
        "PC1502",
        "A message that no step sends",
        "A step was forgotten, or a text is left over.",
        "warning",
        consequence=True,
    ),
    Code(
        "PC1503",
        "A message without purpose",
        "Marketing needs the customer's consent, and only its author knows what a message is.",
        consequence=True,
    ),
    Code(
        "PC1504",
        "No words in the campaign's language",
        "The campaign's language is the fallback, so every message needs it.",
        consequence=True,
    ),
    Code(
        "PC1505",
        "A translation is missing",
        ("Other messages of the campaign have this language; customers of it would get the campaign's own."),
        "warning",
        consequence=True,
    ),
    Code(
        "PC1506",
        "A subject of several lines",
        "E-mail subjects have one line.",
    ),
    Code(
        "PC1507",
        "Two purposes",
        "The same message is marketing in one language and transactional in another.",
    ),
    Code(
        "PC1508",
        "The same words twice",
        "A message has its words in one language twice.",
    ),
    Code(
        "PC1509",
        "A message file's name",
        "Files are called after their message and language: `you-earned-it.de.md`.",
    ),
    Code(
        "PC1510",
        "A message file without its head",
        "A message file begins with `---`, its `subject`, and `---`.",
    ),
    Code(
        "PC1511",
        "A template that cannot be filled in",
        "A field, filter or block of the message is not written as templates are.",
    ),
    Code(
        "PC1512",
        "A filter for another type",
        "The filter cannot show what stands before it.",
    ),
    Code(
        "PC1513",
        "A field that cannot be checked",
        "Nobody has declared the event's fields, so a misspelt one cannot be told; it would silently be absent. The "
        "file `events/` + the event's name + `.json` beside the campaigns declares them.",
        "warning",
    ),
    Code(
        "PC1514",
        "A cap on a transactional message",
        "Caps count marketing messages; a transactional one is sent whatever the customer has had.",
    ),
    Code(
        "PC1515",
        "An event type that cannot be registered",
        "The file `events/` + the event's name + `.json` holds a JSON Schema (2020-12) that is complete in itself.",
    ),
    Code(
        "PC1516",
        "Money that is not declared as money",
        'A field that refers to `urn:punchcard:money` holds `{"amount": "90.00", "currency": "USD"}`. Conditions '
        "compare it with amounts, and messages show it with `| money`; anything else of this look they cannot read.",
        "warning",
    ),
    Code(
        "PC1519",
        "A date in an event",
        "Events hold texts, numbers, amounts and yes or no. A field with the format of a date is a text: campaigns can "
        "neither wait for it, nor compare it with a day, nor show it by `| date`. Post an event when it is time, say "
        "`arrival_soon` three days before the arrival, and let a campaign begin with it.",
        "warning",
    ),
    Code(
        "PC1517",
        "A field that may be absent",
        "The event's schema does not require the field, so some events come without it; or it is one of the "
        "programme's `order_fields`, which no order must have; or an amount, which is absent where it is in another "
        "currency than the campaign's. The text has nothing there, or `once_per` nothing to count by. Say what stands "
        "instead (`default`), ask for it first (`{% if event.reason %}`, or an `if` or `where` that names it), or let "
        "the schema require it.",
        "warning",
    ),
    Code(
        "PC1518",
        "A field of another tool",
        "Other tools write fields as `{first_name}`, `${first_name}` or `*|FNAME|*`. Here that is text, and customers "
        "would read it.",
        "warning",
    ),
    Code(
        "PC1520",
        "Messages of no campaign",
        "No campaign beside the folder `messages` is called like this folder in it, so nobody sends what it holds.",
        "warning",
        consequence=True,
    ),
)
