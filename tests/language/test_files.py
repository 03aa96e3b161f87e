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
    """A file in another encoding is refused, not crashed upon."""
    path = tmp_path / "cups.yaml"
    path.write_bytes("campaign: tässchen\n".encode("latin-1"))
    assert load(path).check().plan is None
