"""What somebody might guess, and how many guesses are ever compared."""

import datetime as dt

from avenant.limits.limit import Limit

_QUARTER = dt.timedelta(minutes=15)

# A call code, by address (4/COS-06). A wrong code names no call: there is nothing else to count by.
CALL_CODES = Limit("call codes", 5, _QUARTER, renews=True)
# A code of the second factor or a recovery code, at signing in and afterwards, by account.
SECOND_FACTOR = Limit("second factor", 5, _QUARTER, renews=True)
# The password asked again of somebody who is signed in, by account.
PASSWORD_AGAIN = Limit("password again", 5, _QUARTER, renews=True)
# The password at signing in, by account over all addresses; axes counts five by account and address
# before, so that no single address can close an account to its owner.
PASSWORD = Limit("password", 50, _QUARTER)
# Links for a new password, by account: nobody's mailbox is filled by a stranger.
PASSWORD_LINK = Limit("password link", 5, dt.timedelta(hours=1))
# A code of the second factor opens once: it is good for 30 s, and the clock may be 30 s off.
SPENT_CODE = Limit("spent code", 1, dt.timedelta(seconds=90))
