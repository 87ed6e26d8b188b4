"""The catalogue of rules, the decisions, the packs and the tests speak of the same rules.

Fails for a rule that is named and not in `docs/rules`, there twice, or in another file than its id
says; names the rules that no test bears.
"""

import sys
from collections import Counter
from pathlib import Path

CLONE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(CLONE))

from avenant_rules.catalogue import FOLDER, all_rules, misplaced  # noqa: E402 - once it is found
from avenant_rules.packs import words  # noqa: E402
from tests.support.rules import borne_by_tests, cited, marked  # noqa: E402


def main() -> int:
    known = all_rules()
    written = Counter(
        one["id"] for path in FOLDER.glob("*.toml") for one in words(path).get("rule", [])
    )
    named = [*marked(), *((str(path.relative_to(CLONE)), rule) for rule, path in cited().items())]
    wrong = [f"{rule} is there twice" for rule, times in written.items() if times > 1]
    wrong += [f"{place}: in another file than its id names" for place in misplaced()]
    wrong += [f"{place}: {rule} is not in docs/rules" for place, rule in named if rule not in known]
    for line in wrong:
        print(line)
    if bare := sorted(set(known) - borne_by_tests()):
        print(f"notice: {len(bare)} of {len(known)} rules have no test: {', '.join(bare)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
