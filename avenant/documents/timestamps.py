"""The outside timestamp authority (RFC 3161), when the installation names one."""

import httpx
from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError

_TIMEOUT_SECONDS = 5.0
_MAX_ANSWER = 64 * 1024


class HttpTimestamps(TimeStamper):
    """Asks an authority over HTTP; any failure is a TimestampRequestError."""

    def __init__(self, url: str, *, client: httpx.AsyncClient | None = None) -> None:
        super().__init__()
        self.url = url
        self._client = client

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        client = self._client or httpx.AsyncClient(timeout=_TIMEOUT_SECONDS)
        try:
            answer = await client.post(
                self.url,
                content=req.dump(),
                headers={
                    "Content-Type": "application/timestamp-query",
                    "Accept": "application/timestamp-reply",
                },
            )
            answer.raise_for_status()
        except httpx.HTTPError as error:
            raise TimestampRequestError("the timestamp authority did not answer") from error
        finally:
            if self._client is None:
                await client.aclose()
        kind = answer.headers.get("Content-Type", "").partition(";")[0].strip()
        if kind != "application/timestamp-reply" or len(answer.content) > _MAX_ANSWER:
            raise TimestampRequestError("the timestamp authority's answer is malformed")
        try:
            return tsp.TimeStampResp.load(answer.content, strict=True)
        except ValueError as error:
            raise TimestampRequestError("the timestamp authority's answer is unreadable") from error
