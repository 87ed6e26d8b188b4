"""A limit, and the refusal of whoever reached it."""

import datetime as dt
import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Limit:
    """At most `tries` in `window`, by whoever is counted.

    With `renews` each counted try begins the window anew: never more than `tries` in any stretch of
    that length, as guesses must be counted. Without, the window begins with the first try, so that
    people who come all day are not added up.
    """

    name: str
    tries: int
    window: dt.timedelta
    renews: bool = False


class LimitReachedError(Exception):
    """Tried too often; `seconds` says how long to wait (at least 1). No view has to say so: it
    comes to the page of `LimitMiddleware` from wherever it is raised."""

    def __init__(self, left: dt.timedelta) -> None:
        super().__init__()
        self.seconds = max(1, math.ceil(left.total_seconds()))
