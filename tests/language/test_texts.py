"""Messages in the file and in the folder beside it."""

from collections.abc import Mapping

from punchcard.language import Checked, check
from punchcard.plan.model import Message, MessageText

CAMPAIGN = "campaign: cups\nwhen: manual\nsteps:\n  - send: hello\n"
IN_FILE = """\
messages:
  hello:
    purpose: transactional
    subject: Hello
    body: |
      Dear you,

      hello.
"""


def with_files(files: Mapping[str, str], text: str = CAMPAIGN + IN_FILE) -> Checked:
    """Check a campaign with message files beside it."""
    return check(
        text, name="shop/cups.yaml", files={f"messages/cups/{name}": each for name, each in files.items()}
    )


def test_a_message_in_the_file_is_in_the_campaigns_language() -> None:
    """Subject and body are kept as they are written."""
    plan = with_files({}).plan
    assert plan is not None
    assert plan.messages == (
        Message(
            "hello", "transactional", (MessageText("en", "Hello", "Dear you,\n\nhello.\n"),), disturbs=True
        ),
    )


def test_a_translation_stands_beside_it() -> None:
    """The campaign's own language comes first, whatever the order of the files."""
    plan = with_files({"hello.de.md": "---\nsubject: 'Hallo: Sie'\n---\n\nGuten Tag.\n\n"}).plan
    assert plan is not None
    texts = plan.message("hello").texts
    assert texts[0].language == "en"
    assert texts[1] == MessageText("de", "Hallo: Sie", "Guten Tag.\n")


def test_all_words_can_stand_in_the_folder() -> None:
    """A campaign without messages of its own takes them from there."""
    plan = with_files(
        {
            "hello.de.md": "---\nsubject: Hallo\n---\nHallo.\n",
            "hello.en.md": "---\npurpose: marketing\nsubject: Hi\n---\nHi.\n",
        },
        CAMPAIGN,
    ).plan
    assert plan is not None
    assert plan.message("hello").purpose == "marketing"
    assert [text.language for text in plan.message("hello").texts] == ["en", "de"]


def test_mistakes_of_a_message_file_stand_in_that_file() -> None:
    """The file is named as it lies beside the campaign, with the line of its own."""
    checked = with_files(
        {"hello.de.md": "---\nsubject: Hallo\nsubjekt: x\n---\nLieber\n{{ customer.nmae }}\n"}
    )
    assert [(each.file, each.line, each.column, each.code) for each in checked.diagnostics] == [
        ("shop/messages/cups/hello.de.md", 3, 1, "PC1101"),
        ("shop/messages/cups/hello.de.md", 6, 4, "PC1401"),
    ]


def test_the_folder_of_another_campaign_is_not_read() -> None:
    """Only the folder with the campaign's name counts."""
    checked = check(
        CAMPAIGN, name="cups.yaml", files={"messages/mugs/hello.en.md": "---\nsubject: x\n---\nx\n"}
    )
    assert [each.code for each in checked.diagnostics] == ["PC1501"]


def test_the_same_message_is_checked_where_each_step_sends_it() -> None:
    """A message may be right in one place and wrong in another; the sending line is named."""
    text = (
        "campaign: cups\nwhen: manual\nsteps:\n  - reward: 5%\n    as: coupon\n  - send: hello\n"
        "messages:\n  hello: {purpose: marketing, subject: x, body: '{{ coupon.code }}'}\nlimit: 1 per year\n"
    )
    assert check(text, name="cups.yaml").diagnostics == ()
    earlier = text.replace("steps:\n", "steps:\n  - send: hello\n")
    found = check(earlier, name="cups.yaml").diagnostics
    assert [(each.code, "line 4" in each.message) for each in found] == [("PC1401", True)]


def test_a_message_file_without_anything_is_answered() -> None:
    """Empty files, and files of other kinds, are mistakes and no exceptions."""
    for name, text in {
        "hello.de.md": "",
        "notes.txt": "x",
        "hello.xx.md": "---\nsubject: x\n---\nx\n",
    }.items():
        assert with_files({name: text}).plan is None
    assert with_files({"hello.de.md": "---\n---\nx"}).diagnostics[0].code == "PC1102"
    assert with_files({"hello.de.md": "---\nsubject: x\n---\n"}).diagnostics[0].code == "PC1202"
