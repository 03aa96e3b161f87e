"""Campaigns on disk."""

from pathlib import Path

from punchcard.language.files import campaigns, load


def campaign(folder: Path) -> Path:
    """Write a campaign with a message file of its own and one of another campaign."""
    (folder / "messages" / "cups").mkdir(parents=True)
    (folder / "messages" / "mugs").mkdir()
    (folder / "messages" / "cups" / "hello.en.md").write_text(
        "---\npurpose: transactional\nsubject: Hello\n---\nHello {{ customer.frist_name }}\n"
    )
    (folder / "messages" / "mugs" / "hello.en.md").write_text("broken")
    path = folder / "cups.yaml"
    path.write_text("campaign: cups\nwhen: manual\nsteps:\n  - send: hello\n")
    return path


def test_a_campaign_is_read_with_its_messages(tmp_path: Path) -> None:
    """Diagnostics name the files as they lie on disk, and their texts are at hand."""
    written = load(campaign(tmp_path))
    found = written.check().diagnostics
    assert [each.file for each in found] == [(tmp_path / "messages/cups/hello.en.md").as_posix()]
    assert found[0].file in written.texts


def test_the_campaigns_of_a_folder_are_found(tmp_path: Path) -> None:
    """YAML files in the order of their names, nothing hidden, no folders."""
    campaign(tmp_path)
    for name in ("b.yml", ".hidden.yaml", "notes.md"):
        (tmp_path / name).write_text("")
    assert [path.name for path in campaigns(tmp_path)] == ["b.yml", "cups.yaml"]


def test_bytes_that_are_no_text_are_answered(tmp_path: Path) -> None:
    """A file in another encoding is refused with one finding that says so, also where only a message has it."""
    written = load(campaign(tmp_path))
    message = tmp_path / "messages/cups/hello.en.md"
    message.write_text("---\npurpose: marketing\nsubject: Hello\n---\nHello\n")
    for encoding in ("latin-1", "utf-16"):
        written.path.write_bytes(f"title: Tässchen\n{written.text}".encode(encoding))
        assert [each.code for each in load(written.path).check().diagnostics] == ["PC1019"]
    written.path.write_text(written.text, "utf-8")
    message.write_bytes("---\npurpose: marketing\nsubject: Hello\n---\nTässchen\n".encode("latin-1"))
    (found,) = load(written.path).check().diagnostics
    assert (found.code, found.file, found.line, found.column) == ("PC1019", message.as_posix(), 5, 2)


def test_a_mark_before_the_text_is_none_of_it(tmp_path: Path) -> None:
    """Editors that put a byte order mark before UTF-8 write the same campaign, messages and all."""
    written = load(campaign(tmp_path))
    written.path.write_text(written.text, "utf-8-sig")
    message = tmp_path / "messages/cups/hello.en.md"
    message.write_text("---\npurpose: marketing\nsubject: Hello\n---\nHello\n", "utf-8-sig")
    checked = load(written.path).check()
    assert checked.plan is not None
    assert not checked.diagnostics
