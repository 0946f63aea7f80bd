"""The ``millrace`` command as Airflow uses it. Knows nothing of Airflow."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any

USAGE = 2
CLUSTER_UNREACHABLE = 6
NOT_FOUND = 8

FINAL_STATES = ("SUCCEEDED", "FAILED", "KILLED", "NOT_SUBMITTED")


class MillraceError(Exception):
    """A command that has failed: its exit code, and the result that it told, if it told one."""

    def __init__(self, message: str, exit_code: int, result: Mapping[str, Any] | None = None):
        super().__init__(message)
        self.exit_code = exit_code
        self.result = dict(result or {})


class MillraceCommand:
    """One way to call ``millrace``: the program, and the environment that names the cluster.

    :param binary: the program, found by ``PATH`` unless it is a path
    :param env: variables on top of this process's, such as ``HADOOP_CONF_DIR``
    """

    def __init__(self, binary: str = "millrace", env: Mapping[str, str] | None = None):
        self.binary = binary
        self.env = dict(env or {})
        self._lock = threading.Lock()
        self._running: subprocess.Popen | None = None

    def call(
        self, arguments: Iterable[str], progress: Callable[[str], None] = lambda line: None
    ) -> dict[str, Any]:
        """Runs a command that tells its result as JSON; hands on its progress line by line.

        :raises MillraceError: if it ends with another exit code than 0
        """
        command = [self.binary, *arguments]
        process = subprocess.Popen(
            command,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        with self._lock:
            self._running = process
        said: list[str] = []
        # Both pipes are read at once: a full one would stop the command.
        out: list[str] = []
        reader = threading.Thread(target=lambda: out.append(process.stdout.read()), daemon=True)
        reader.start()
        for line in process.stderr:
            said.append(line.rstrip("\n"))
            del said[:-20]
            progress(said[-1])
        exit_code = process.wait()
        reader.join()
        process.stdout.close()
        process.stderr.close()
        with self._lock:
            self._running = None
        return _result(command, exit_code, "".join(out), said)

    def stop(self) -> None:
        """Ends the command that runs, from another thread; what it waits for runs on."""
        with self._lock:
            if self._running is not None:
                self._running.terminate()

    async def call_async(self, arguments: Iterable[str]) -> dict[str, Any]:
        """The same without a thread, and without progress."""
        command = [self.binary, *arguments]
        process = await asyncio.create_subprocess_exec(
            *command,
            env=self._environment(),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            out, err = await process.communicate()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        lines = err.decode("utf-8", "replace").splitlines()
        return _result(command, process.returncode, out.decode("utf-8"), lines[-20:])

    def _environment(self) -> dict[str, str]:
        return {**os.environ, **self.env}


def _result(
    command: list[str], exit_code: int, out: str, said: list[str]
) -> dict[str, Any]:
    try:
        result = json.loads(out) if out.strip() else {}
    except ValueError:
        result = {}
    if exit_code != 0:
        what = result.get("message") or (said[-1] if said else "it said nothing")
        raise MillraceError(
            f"'{' '.join(command[:2])}' ended with {exit_code}: {what}", exit_code, result
        )
    return result


def run_arguments(
    application: str,
    java_class: str | None = None,
    conf: Mapping[str, Any] | None = None,
    name: str | None = None,
    application_args: Iterable[Any] | None = None,
    parallelism: int | None = None,
    from_checkpoint: str | None = None,
    tag: str | None = None,
    once: bool = False,
) -> list[str]:
    """Arguments of a ``millrace run`` that leaves the application running and tells its id."""
    arguments = ["run", "-t", "yarn", "--detach", "--output", "json"]
    if java_class:
        arguments += ["-c", java_class]
    if parallelism is not None:
        arguments += ["-p", str(parallelism)]
    if name:
        arguments += ["--name", name]
    if from_checkpoint:
        arguments += ["-s", from_checkpoint]
    if tag:
        arguments += ["--tag", tag]
        if once:
            arguments += ["--once"]
    for key, value in (conf or {}).items():
        text = str(value).lower() if isinstance(value, bool) else str(value)
        arguments += ["-D", f"{key}={text}"]
    arguments.append(application)
    arguments += [str(argument) for argument in application_args or []]
    return arguments
