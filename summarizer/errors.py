"""What can go wrong, drawn as one tree.

SummarizerError                 every error that this package raises on purpose
├── ReadingError                the article could not be read
├── SettingsError               something is missing or wrong in the settings
│   └── EngineMisconfigured     ... and the endpoint is the one that said so (400, 401, 403, 404)
├── EngineError                 the engine gave no draft
│   ├── EngineMisconfigured     (the same class: it is both)
│   ├── EngineUnavailable       the endpoint could not be reached, or kept failing until the deadline
│   ├── EngineRefused           the model declined, or a content filter stopped it
│   ├── BudgetExceeded          the answer did not fit in the tokens or the context it may have
│   ├── MalformedDraft          the model's answers stayed unusable after every re-ask
│   └── RecordingMissing        answers are replayed, and none is recorded for this request
├── Deferred                    no error: the answer is not there yet, and its request waits for a provider's batch
├── BatchStopped                a batch stopped before its end: what is done is kept, and the same command goes on
│   ├── BudgetReached           ... since the next call might pass --max-cost or --max-tokens
│   ├── EndpointDown            ... since the endpoint gave no answer for too long, or no more credit
│   └── Interrupted             ... since it was asked to
└── JournalError                a batch's journal is in use, damaged, or cannot be written

Each message is one line for a person: what went wrong, and the mend. `exit_code` is what the command
line ends with: 1 where the work failed, 2 where usage or settings are at fault, 3 where part of a batch was not done.
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
    """The endpoint rejected the request for a reason that trying again does not mend. `status` is the HTTP status."""

    status: int | None = None


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


class Deferred(SummarizerError):
    """The request was put into a provider's batch, whose answer comes later: what asked is run again then."""


class BatchStopped(SummarizerError):
    """A batch stopped before its end. Articles under way stay unfinished, not failed: the same command goes on with them."""


class BudgetReached(BatchStopped):
    """The next call might have passed the most that the batch may cost."""

    exit_code = 3


class EndpointDown(BatchStopped):
    """The endpoint gave no answer for longer than the batch is patient, or says that the account has no credit left."""


class Interrupted(BatchStopped):
    """Somebody asked the batch to stop."""

    exit_code = 130


class JournalError(SummarizerError):
    """The journal of a batch is in use by another process, damaged, of another version, or cannot be written."""
