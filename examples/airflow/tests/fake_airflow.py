"""As much of Airflow as the package uses, for tests on a plain Python.

``install`` puts it where ``import airflow`` finds it.
"""

from __future__ import annotations

import logging
import sys
import types


class AirflowException(Exception):
    pass


class AirflowFailException(AirflowException):
    pass


class TaskDeferred(BaseException):
    def __init__(self, trigger, method_name):
        super().__init__(method_name)
        self.trigger = trigger
        self.method_name = method_name


class Connection:
    def __init__(self, **extra):
        self.extra_dejson = extra


class BaseHook:
    connections: dict[str, Connection] = {}

    def __init__(self):
        self.log = logging.getLogger("airflow.hook")

    @classmethod
    def get_connection(cls, conn_id):
        return cls.connections[conn_id]


class BaseOperator:
    def __init__(self, *, task_id, **kwargs):
        if kwargs:
            raise TypeError(f"unknown arguments {sorted(kwargs)}")
        self.task_id = task_id
        self.log = logging.getLogger("airflow.task")

    def defer(self, *, trigger, method_name):
        raise TaskDeferred(trigger, method_name)


class BaseTrigger:
    def __init__(self):
        pass


class TriggerEvent:
    def __init__(self, payload):
        self.payload = payload


class DAG:
    def __init__(self, dag_id, **kwargs):
        self.dag_id = dag_id

    def __enter__(self):
        return self

    def __exit__(self, *thrown):
        return False


class TaskInstance:
    def __init__(self, run_id="scheduled__2026-01-01T00:00:00+00:00", map_index=-1, try_number=1):
        self.dag_id = "nightly"
        self.task_id = "count_words"
        self.run_id = run_id
        self.map_index = map_index
        self.try_number = try_number
        self.pushed = {}

    def xcom_push(self, key, value):
        self.pushed[key] = value


def install() -> None:
    def module(name, **members):
        made = types.ModuleType(name)
        vars(made).update(members)
        sys.modules[name] = made

    module("airflow")
    module("airflow.sdk", BaseHook=BaseHook, BaseOperator=BaseOperator, DAG=DAG)
    module(
        "airflow.sdk.exceptions",
        AirflowException=AirflowException,
        AirflowFailException=AirflowFailException,
    )
    module("airflow.triggers")
    module("airflow.triggers.base", BaseTrigger=BaseTrigger, TriggerEvent=TriggerEvent)
