"""Runs what meets a stranger's file in a process of its own, with bounded time and memory.

A file may be made to harm whatever opens it, and an honest one may be more than the machine can
bear. So the work is a function of bytes to bytes, named by its module, and done in a child that
is forked from a small process which has its libraries loaded already (`zygote.py`), holds no
secret and no connection, and can be killed. Processor time counts against the file; waiting for a
busy machine does not, up to a generous deadline.
"""

from avenant.guarded.caller import Limits, Refusal, Stopped, Use, get_ready, run

__all__ = ["Limits", "Refusal", "Stopped", "Use", "get_ready", "run"]
