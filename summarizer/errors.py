"""What can go wrong, drawn as one tree.

SummarizerError                 every error that this package raises on purpose
├── ReadingError                the article could not be read
├── SettingsError               something is missing or wrong in the settings
│   └── EngineMisconfigured     ... and the endpoint is the one that said so (400, 401, 403, 404)
└── EngineError                 the engine gave no draft
    ├── EngineMisconfigured     (the same class: it is both)
    ├── EngineUnavailable       the endpoint could not be reached, or kept failing until the deadline
    ├── EngineRefused           the model declined, or a content filter stopped it
    ├── BudgetExceeded          the answer did not fit in the tokens or the context it may have
    ├── MalformedDraft          the model's answers stayed unusable after every re-ask
    └── RecordingMissing        answers are replayed, and none is recorded for this request

Each message is one line for a person: what went wrong, and the mend. `exit_code` is what the command
line ends with: 1 where the work failed, 2 where usage or settings are at fault.
"""

from __future__ import annotations


class SummarizerError(Exception):
    """The root of this package's errors."""

    exit_code = 1


class ReadingError(SummarizerError):
    """The article could not be read: missing, empty, binary, too large, or of an unknown encoding."""


class SettingsError(SummarizerError):
    """A setting is missing or wrong; the message names it and says what it may be."""

    exit_code = 2


class EngineError(SummarizerError):
    """The engine could not give a draft."""


class EngineMisconfigured(SettingsError, EngineError):
    """The endpoint rejected the request for a reason that trying again does not mend."""


class EngineUnavailable(EngineError):
    """The endpoint could not be reached, or failed on every try until the deadline."""


class EngineRefused(EngineError):
    """The model declined to answer, or a content filter stopped it."""


class BudgetExceeded(EngineError):
    """The article or its answer does not fit in the tokens that the model may use."""


class MalformedDraft(EngineError):
    """The model's answers did not fit the schema, also after being told what was wrong."""


class RecordingMissing(EngineError):
    """A replayed run asked something for which no answer was recorded."""
