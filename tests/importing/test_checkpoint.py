"""A checkpoint is written in one piece, and a broken one means the beginning."""

from pathlib import Path

from punchcard.importing.checkpoint import Checkpoint, CheckpointFile, Counts


def test_a_checkpoint_is_read_back(tmp_path: Path) -> None:
    """By the same import alone."""
    checkpoint = Checkpoint(Counts(records=3, accepted=2), rejects=17, last="o-3")
    CheckpointFile(tmp_path, "this").write(checkpoint)
    assert CheckpointFile(tmp_path, "this").read() == checkpoint
    assert CheckpointFile(tmp_path, "another").read() == Checkpoint()


def test_a_broken_checkpoint_is_the_beginning(tmp_path: Path) -> None:
    """What is imported twice changes nothing, so nothing is lost by that."""
    CheckpointFile(tmp_path, "this").write(Checkpoint(last="o-3"))
    (file,) = tmp_path.iterdir()
    file.write_text('{"counts": {"records"')
    assert CheckpointFile(tmp_path, "this").read() == Checkpoint()
