"""What only shows when a campaign is seen as a whole: one function for each rule, in one tuple."""

from __future__ import annotations

from collections.abc import Callable

from punchcard.language.checks.costs import (
    liability_is_bounded,
    the_budget_bounds_each_reward,
    the_budget_has_room_for_each_reward,
)
from punchcard.language.checks.dates import (
    it_ends_after_it_starts,
    its_last_step_lies_within_its_days,
    rewards_outlast_the_campaign,
)
from punchcard.language.checks.ending import what_ends_it_is_followed_by_nothing
from punchcard.language.checks.gathering import a_digest_gathers_what_comes_meanwhile
from punchcard.language.checks.hours import no_message_goes_out_at_midnight
from punchcard.language.checks.measuring import (
    what_is_measured_can_happen,
    what_is_measured_is_known_in_time,
)
from punchcard.language.checks.naming import campaign_is_called_like_its_file
from punchcard.language.checks.past import a_schedule_lies_within_the_campaigns_days, no_day_is_over
from punchcard.language.checks.rhythm import a_rhythm_has_a_beginning
from punchcard.language.checks.sending import (
    every_message_is_sent,
    no_message_follows_itself,
    the_holdout_misses_nothing_it_relies_on,
)
from punchcard.language.checks.subject import Subject
from punchcard.language.checks.undoing import what_can_be_taken_back_is
from punchcard.language.checks.undone import what_follows_a_task_minds_whether_it_is_done

CHECKS: tuple[Callable[[Subject], None], ...] = (
    campaign_is_called_like_its_file,
    it_ends_after_it_starts,
    its_last_step_lies_within_its_days,
    rewards_outlast_the_campaign,
    a_schedule_lies_within_the_campaigns_days,
    no_day_is_over,
    liability_is_bounded,
    the_budget_has_room_for_each_reward,
    the_budget_bounds_each_reward,
    a_rhythm_has_a_beginning,
    a_digest_gathers_what_comes_meanwhile,
    no_message_goes_out_at_midnight,
    every_message_is_sent,
    no_message_follows_itself,
    the_holdout_misses_nothing_it_relies_on,
    what_can_be_taken_back_is,
    what_follows_a_task_minds_whether_it_is_done,
    what_is_measured_can_happen,
    what_is_measured_is_known_in_time,
    what_ends_it_is_followed_by_nothing,
)

__all__ = ["CHECKS", "Subject"]
