"""`avenant worker`: the process that runs the jobs. Run as many as needed, on any machine."""

import os


def main(arguments: list[str]) -> int:
    """Run jobs until told to stop; further arguments go to `procrastinate worker`."""
    from avenant.cli import manage

    return manage(
        [
            "avenant",
            "procrastinate",
            "worker",
            "--concurrency",
            os.environ.get("AVENANT_WORKER_CONCURRENCY", "4"),
            "--shutdown-graceful-timeout",
            "10",
            # The queue is a means; what was done is in the history.
            "--delete-jobs",
            "successful",
            *arguments,
        ]
    )
