"""The connection to a cluster, as Airflow keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

try:
    from airflow.sdk import BaseHook
except ImportError:  # Airflow 2
    from airflow.hooks.base import BaseHook

from millrace_airflow.command import (
    NOT_FOUND,
    MillraceCommand,
    MillraceError,
)


class MillraceHook(BaseHook):
    """Submits, awaits and cancels applications by the ``millrace`` command.

    The connection may have these extras, all of them optional: ``binary`` (the command),
    ``hadoop_conf_dir`` (the cluster), ``queue``, and ``env`` (further variables, as an object).
    Without a connection the worker's own environment names the cluster.

    :param conn_id: None to use the worker's own environment
    """

    conn_name_attr = "conn_id"
    default_conn_name = "millrace_default"
    conn_type = "millrace"
    hook_name = "Millrace"

    def __init__(
        self,
        conn_id: str | None = default_conn_name,
        binary: str | None = None,
        env_vars: Mapping[str, str] | None = None,
    ):
        super().__init__()
        self.conn_id = conn_id
        extra = self.get_connection(conn_id).extra_dejson if conn_id else {}
        env = {key: str(value) for key, value in (extra.get("env") or {}).items()}
        if extra.get("hadoop_conf_dir"):
            env["HADOOP_CONF_DIR"] = extra["hadoop_conf_dir"]
        env.update(env_vars or {})
        self.queue: str | None = extra.get("queue")
        self.command = MillraceCommand(binary or extra.get("binary") or "millrace", env)

    def submit(self, arguments: list[str]) -> dict[str, Any]:
        """Returns the result of a ``millrace run --detach``."""
        return self.command.call(arguments, self.log.info)

    def wait(self, application_id: str) -> dict[str, Any]:
        """Logs progress until the application has ended.

        :raises MillraceError: unless it has succeeded
        """
        return self.command.call(
            ["wait", application_id, "--output", "json"], self.log.info
        )

    def cancel(self, application_id: str | None = None, tag: str | None = None) -> bool:
        """Cancels and waits for the end; False if there is no such application."""
        which = [application_id] if application_id else ["--tag", tag]
        try:
            self.command.call(["cancel", *which], self.log.info)
            return True
        except MillraceError as error:
            if error.exit_code == NOT_FOUND:
                return False
            raise
