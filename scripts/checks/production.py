"""The settings of deploy/production.env.example pass the deployment check, once they have secrets."""

import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

CLONE = Path(__file__).resolve().parents[2]
EXAMPLE = CLONE / "deploy" / "production.env.example"
REFUSED = {"AVENANT_DEMO": "1", "AVENANT_MAIL_PROVIDER": "outbox"}


def example() -> dict[str, str]:
    lines = [line.strip() for line in EXAMPLE.read_text().splitlines()]
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    # Its own secrets are refused: everybody knows them.
    return {name: value.replace("replace-this", secrets.token_hex(8)) for name, _, value in pairs}


def check(extra: dict[str, str]) -> subprocess.CompletedProcess[str]:
    kept = {name: text for name, text in os.environ.items() if not name.startswith("AVENANT_")}
    settings = example()
    if not kept.get("DATABASE_URL"):
        settings.pop("DATABASE_URL", None)
        settings["AVENANT_CLUSTER"] = "main"  # the private server stands in
    with tempfile.TemporaryDirectory() as state:
        here = {"AVENANT_ENV_FILE": "", "AVENANT_VAR": state, "AVENANT_VAULT": f"{state}/vault"}
        return subprocess.run(
            [sys.executable, "-m", "avenant.cli", "check", "--deploy", "--fail-level", "WARNING"],
            cwd=CLONE,
            env=kept | settings | here | extra,
            capture_output=True,
            text=True,
            check=False,
        )


def main() -> int:
    deployed = check({})
    if deployed.returncode:
        print(deployed.stdout + deployed.stderr)
        return 1
    for name, value in REFUSED.items():
        if check({name: value}).returncode == 0:
            print(f"{name}={value} is accepted together with production settings")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
