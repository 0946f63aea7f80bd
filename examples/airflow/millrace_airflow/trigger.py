"""Waits for an application in Airflow's triggerer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from typing import Any

from airflow.triggers.base import BaseTrigger, TriggerEvent

from millrace_airflow.command import (
    CLUSTER_UNREACHABLE,
    FINAL_STATES,
    MillraceCommand,
    MillraceError,
)

LOG = logging.getLogger(__name__)


class MillraceTrigger(BaseTrigger):
    """Looks at an application now and then until it has ended.

    A cluster that does not answer is asked again: the application runs on meanwhile. How long a
    task may be deferred at all is the operator's ``execution_timeout``.

    :param application_id: what to wait for
    :param binary: the ``millrace`` command of the triggerer's machine
    :param env: variables for the command
    :param poll_interval: seconds between two looks
    :param cancel_on_kill: whether the application ends when the task is killed meanwhile; an
        Airflow whose triggers have no ``on_kill`` does not tell
    """

    def __init__(
        self,
        application_id: str,
        binary: str = "millrace",
        env: Mapping[str, str] | None = None,
        poll_interval: float = 30.0,
        cancel_on_kill: bool = True,
    ):
        super().__init__()
        self.application_id = application_id
        self.binary = binary
        self.env = dict(env or {})
        self.poll_interval = poll_interval
        self.cancel_on_kill = cancel_on_kill

    def serialize(self) -> tuple[str, dict[str, Any]]:
        return (
            "millrace_airflow.trigger.MillraceTrigger",
            {
                "application_id": self.application_id,
                "binary": self.binary,
                "env": self.env,
                "poll_interval": self.poll_interval,
                "cancel_on_kill": self.cancel_on_kill,
            },
        )

    async def run(self) -> AsyncIterator[TriggerEvent]:
        command = MillraceCommand(self.binary, self.env)
        while True:
            try:
                info = await command.call_async(
                    ["info", self.application_id, "--output", "json"]
                )
            except MillraceError as error:
                if error.exit_code != CLUSTER_UNREACHABLE:
                    yield _event("error", str(error), error.result)
                    return
                LOG.warning("%s; looking again in %s s", error, self.poll_interval)
            else:
                application = info["application"]
                if application["state"] in FINAL_STATES:
                    succeeded = application["exitCode"] == 0
                    yield _event(
                        "success" if succeeded else "error",
                        application["message"],
                        _as_result(application),
                    )
                    return
            await asyncio.sleep(self.poll_interval)

    async def on_kill(self) -> None:
        """A user ends the task, or clears it, while it is deferred."""
        if self.cancel_on_kill:
            try:
                await MillraceCommand(self.binary, self.env).call_async(
                    ["cancel", self.application_id]
                )
            except MillraceError as error:
                LOG.warning("%s was not cancelled: %s", self.application_id, error)


def _as_result(application: Mapping[str, Any]) -> dict[str, Any]:
    """An application of ``millrace info`` in the form of ``millrace wait``."""
    keys = ("jobId", "name", "tag", "state", "exitCode", "code", "message", "trackingUrl")
    return {"applicationId": application["id"], **{key: application.get(key) for key in keys}}


def _event(status: str, message: str, result: Mapping[str, Any]) -> TriggerEvent:
    return TriggerEvent({"status": status, "message": message, "result": dict(result)})
