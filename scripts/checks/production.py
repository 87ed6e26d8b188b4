"""The settings of deploy/env.production.example pass Django's deployment check, and the demo refuses them."""

import os
import subprocess
import sys
from pathlib import Path

CLONE = Path(__file__).resolve().parents[2]
EXAMPLE = CLONE / "deploy" / "production.env.example"


def example() -> dict[str, str]:
    lines = [line.strip() for line in EXAMPLE.read_text().splitlines()]
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name: value for name, _, value in pairs}


def check(extra: dict[str, str]) -> subprocess.CompletedProcess[str]:
    kept = {name: text for name, text in os.environ.items() if not name.startswith("AVENANT_")}
    settings = example()
    if not kept.get("DATABASE_URL"):
        settings.pop("DATABASE_URL", None)  # the private server stands in
    return subprocess.run(
        [sys.executable, "-m", "avenant.cli", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=CLONE,
        env=kept | settings | extra,
        capture_output=True,
        text=True,
        check=False,
    )


def main() -> int:
    deployed = check({})
    if deployed.returncode:
        print(deployed.stdout + deployed.stderr)
        return 1
    demo = check({"AVENANT_DEMO": "1"})
    if demo.returncode == 0:
        print("AVENANT_DEMO=1 is accepted together with production settings")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
