"""The seam of provider batches: the live engine runs, and a request whose answer is not there yet is collected, not sent.

Whoever asked gets Deferred, and the article is put aside. When its answers have come it is run again from its beginning,
by the same code: what was answered is answered from the journal, and what is asked next (a malformed answer's re-ask, more
room, a repair) is a request like any other. So the requests of a batch are those of the live engine, byte for byte.
"""

from __future__ import annotations

import httpx2

from summarizer.batch.budget import Budget, Worst
from summarizer.batch.exchanges import ARTICLE, Pricing, Totals, estimated, kept_answer, request_key
from summarizer.batch.journal import Journal
from summarizer.batch.readers import Reader
from summarizer.batch.records import Key
from summarizer.batch.requestfiles import RequestFiles
from summarizer.batch.submissions import Submissions
from summarizer.errors import Deferred, EngineUnavailable
from summarizer.schema.article import Article

_TRIES = 2
"""How often a request is submitted that gets no answer."""


class CollectingTransport(httpx2.AsyncBaseTransport):
    """Answers from the journal; collects what is not answered, as far as the budget allows."""

    def __init__(
        self, journal: Journal, submissions: Submissions, files: RequestFiles, budget: Budget, price: Pricing
    ) -> None:
        self._journal = journal
        self.submissions, self.files, self.budget, self.price = submissions, files, budget, price
        self.totals = Totals()
        self.held_back: Worst | None = None
        """What the budget has no room for before others are answered; None where nothing is held back."""

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """An answer that is there. Raises Deferred; EngineUnavailable where the request was lost in two batches."""
        content = await request.aread()
        name = request_key(request, content)
        if answer := self._journal.answer(name):
            return kept_answer(answer, request)
        self._collect(name, "/v1" + request.url.path.rsplit("/v1", 1)[-1], content)
        raise Deferred("the request waits for a provider batch")

    def _collect(self, name: Key, path: str, content: bytes) -> None:
        """Nothing awaits in here: a request is collected once, whoever else asks it too."""
        asked = self.submissions.request(name)
        if asked is not None and asked.file is not None:
            self.submissions.wait(name, ARTICLE.get())
            return
        tries = asked.tries if asked else 0
        if tries >= _TRIES:
            reason = asked.reason if asked else None
            raise EngineUnavailable(f"two provider batches gave no answer to this request ({reason})")
        worst, _ = estimated(content, self.price)
        if not self.budget.hold(worst):
            self.held_back = worst
            return
        self.files.add(name, path, content, ARTICLE.get(), tries + 1, worst)

    async def close(self) -> None:
        """Leave the open file as it is, to be gone on with."""
        self.files.leave()


class Collecting:
    """A Reader that keeps the articles whose answers are not there yet."""

    def __init__(self, reader: Reader, submissions: Submissions) -> None:
        self._reader, self._submissions = reader, submissions

    async def summary(self, key: Key, article: Article) -> bytes:
        """See batch.readers.Reader. Raises Deferred, too."""
        if self._submissions.waits(key):
            raise Deferred("its requests are under way")
        try:
            return await self._reader.summary(key, article)
        except Deferred:
            self._submissions.defer(key, article)
            raise

    async def close(self) -> None:
        """See batch.readers.Reader."""
        await self._reader.close()
