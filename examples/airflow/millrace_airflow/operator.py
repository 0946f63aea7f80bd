"""Runs a Millrace job on YARN as a task of Airflow."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

try:
    from airflow.sdk import BaseOperator
    from airflow.sdk.exceptions import AirflowException, AirflowFailException
except ImportError:  # Airflow 2, and early releases of 3
    from airflow.exceptions import AirflowException, AirflowFailException
    from airflow.models import BaseOperator

from millrace_airflow.command import USAGE, MillraceError, run_arguments
from millrace_airflow.hook import MillraceHook
from millrace_airflow.trigger import MillraceTrigger

MAX_TAG_CHARS = 96


class MillraceSubmitOperator(BaseOperator):
    """Submits a program to YARN and ends as the job does.

    The parameters have the names that users of ``SparkSubmitOperator`` know. The application has a
    tag that is the same for all tries of one task instance. So a try that comes back after its
    worker was lost finds the application that still runs, and waits for that one; no two tries run
    beside each other. If the application of an earlier try has ended, a new one is submitted.

    :param application: the jar
    :param java_class: the class with ``main``; None for the jar's own
    :param conf: options, as of ``-D``
    :param conn_id: see :class:`MillraceHook`; None to use the worker's own environment
    :param name: the application's name; by default that of the task
    :param application_args: arguments of ``main``
    :param yarn_queue: the queue of YARN (``queue`` is the queue of Airflow's own workers)
    :param executor_memory: memory of each worker's container, such as ``4g``
    :param executor_cores: slots of each worker
    :param num_executors: most workers at a time
    :param driver_memory: memory of the application master's container
    :param parallelism: subtasks of each operator that the program gives none to
    :param from_checkpoint: path of the checkpoint that the job starts from
    :param env_vars: variables for the command
    :param millrace_binary: the command, if the connection does not name it
    :param tag: the tag, if not the one of the task instance; the same tag in two tasks means the
        same work
    :param once: work that has succeeded under the tag is not done again, even if the task is
        cleared
    :param deferrable: waits in the triggerer instead of a worker's slot
    :param poll_interval: seconds between two looks while it is deferred
    :param cancel_on_kill: whether the application ends when the task is killed
    """

    template_fields: Sequence[str] = (
        "application",
        "java_class",
        "conf",
        "name",
        "application_args",
        "yarn_queue",
        "from_checkpoint",
        "env_vars",
        "tag",
    )
    ui_color = "#c6e2d9"

    def __init__(
        self,
        *,
        application: str = "",
        java_class: str | None = None,
        conf: Mapping[str, Any] | None = None,
        conn_id: str | None = "millrace_default",
        name: str | None = None,
        application_args: Sequence[Any] | None = None,
        yarn_queue: str | None = None,
        executor_memory: str | None = None,
        executor_cores: int | None = None,
        num_executors: int | None = None,
        driver_memory: str | None = None,
        parallelism: int | None = None,
        from_checkpoint: str | None = None,
        env_vars: Mapping[str, str] | None = None,
        millrace_binary: str | None = None,
        tag: str | None = None,
        once: bool = False,
        deferrable: bool = False,
        poll_interval: float = 30.0,
        cancel_on_kill: bool = True,
        **kwargs: Any,
    ):
        super().__init__(**kwargs)
        self.application = application
        self.java_class = java_class
        self.conf = conf
        self.conn_id = conn_id
        self.name = name
        self.application_args = application_args
        self.yarn_queue = yarn_queue
        self.executor_memory = executor_memory
        self.executor_cores = executor_cores
        self.num_executors = num_executors
        self.driver_memory = driver_memory
        self.parallelism = parallelism
        self.from_checkpoint = from_checkpoint
        self.env_vars = env_vars
        self.millrace_binary = millrace_binary
        self.tag = tag
        self.once = once
        self.deferrable = deferrable
        self.poll_interval = poll_interval
        self.cancel_on_kill = cancel_on_kill
        self._hook: MillraceHook | None = None
        self._tag: str | None = None
        self._application_id: str | None = None

    def execute(self, context: Mapping[str, Any]) -> dict[str, Any]:
        if not self.application:
            raise AirflowFailException("'application' is the program's jar, and is missing.")
        self._tag = self.tag or tag_of(context["ti"])
        hook = self._hook = self._make_hook()
        try:
            result = hook.submit(self._arguments(hook, context))
            self._application_id = result["applicationId"]
            context["ti"].xcom_push(key="application_id", value=self._application_id)
            if result.get("exitCode") is not None:
                return result  # an earlier one that has done the work for good
            if not self.deferrable:
                return hook.wait(self._application_id)
        except MillraceError as error:
            raise _failure(error) from error
        self.defer(
            trigger=MillraceTrigger(
                application_id=self._application_id,
                binary=hook.command.binary,
                env=hook.command.env,
                poll_interval=self.poll_interval,
                cancel_on_kill=self.cancel_on_kill,
            ),
            method_name="execute_complete",
        )
        raise AssertionError("defer() does not return")

    def execute_complete(
        self, context: Mapping[str, Any], event: Mapping[str, Any]
    ) -> dict[str, Any]:
        """When the trigger has seen the end."""
        if event["status"] != "success":
            raise AirflowException(event["message"])
        return event["result"]

    def on_kill(self) -> None:
        """The task is killed while a worker runs it."""
        if self._hook is None:
            return
        self._hook.command.stop()
        if not self.cancel_on_kill:
            return
        if not self._make_hook().cancel(self._application_id, self._tag):
            self.log.info("Nothing was submitted yet.")

    def _make_hook(self) -> MillraceHook:
        return MillraceHook(self.conn_id, self.millrace_binary, self.env_vars)

    def _arguments(self, hook: MillraceHook, context: Mapping[str, Any]) -> list[str]:
        conf = dict(self.conf or {})
        for key, value in (
            ("yarn.queue", self.yarn_queue or hook.queue),
            ("yarn.worker.memory", self.executor_memory),
            ("yarn.worker.slots", self.executor_cores),
            ("yarn.max-workers", self.num_executors),
            ("yarn.master.memory", self.driver_memory),
        ):
            if value is not None:
                conf[key] = value
        ti = context["ti"]
        return run_arguments(
            self.application,
            java_class=self.java_class,
            conf=conf,
            name=self.name or f"{ti.dag_id}.{ti.task_id}",
            application_args=self.application_args,
            parallelism=self.parallelism,
            from_checkpoint=self.from_checkpoint,
            tag=self._tag,
            once=self.once,
        )


def tag_of(ti: Any) -> str:
    """A tag that all tries of one task instance have, and no other task instance."""
    identity = "|".join(str(part) for part in (ti.dag_id, ti.task_id, ti.run_id, ti.map_index))
    readable = re.sub(r"[^A-Za-z0-9_.:+-]", "_", f"{ti.dag_id}.{ti.task_id}.{ti.run_id}")
    # Capitals do not count in a tag, and characters may have been replaced: the hash tells apart.
    digest = hashlib.sha256(identity.encode("utf-8")).hexdigest()[:16]
    return f"{readable[: MAX_TAG_CHARS - 17]}-{digest}"


def _failure(error: MillraceError) -> Exception:
    """A command line that is wrong stays wrong however often it is tried."""
    kind = AirflowFailException if error.exit_code == USAGE else AirflowException
    return kind(str(error))
