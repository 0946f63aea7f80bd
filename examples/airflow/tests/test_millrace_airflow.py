from __future__ import annotations

import asyncio
import importlib.util
import tempfile
import threading
import time
import unittest
from pathlib import Path

from tests import fake_airflow

fake_airflow.install()

from millrace_airflow.command import MillraceCommand, MillraceError  # noqa: E402
from millrace_airflow.operator import MillraceSubmitOperator, tag_of  # noqa: E402
from millrace_airflow.trigger import MillraceTrigger  # noqa: E402
from tests.fake_airflow import (  # noqa: E402
    AirflowException,
    AirflowFailException,
    BaseHook,
    Connection,
    TaskDeferred,
    TaskInstance,
)
from tests.fake_millrace import APPLICATION, FakeMillrace  # noqa: E402


class WithMillrace(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.millrace = FakeMillrace(directory.name)
        self.ti = TaskInstance()
        BaseHook.connections = {"millrace_default": Connection(binary=str(self.millrace.binary))}

    def operator(self, **parameters):
        parameters.setdefault("application", "/jobs/job.jar")
        return MillraceSubmitOperator(task_id="count_words", **parameters)

    def execute(self, **parameters):
        return self.operator(**parameters).execute({"ti": self.ti})


class OperatorTest(WithMillrace):
    def test_submits_waits_and_returns_the_result(self):
        self.millrace.submits().answers("wait", {"state": "SUCCEEDED", "exitCode": 0})
        self.assertEqual("SUCCEEDED", self.execute()["state"])
        self.assertEqual(
            [["wait", APPLICATION, "--output", "json"]], self.millrace.calls[1:]
        )
        self.assertEqual(APPLICATION, self.ti.pushed["application_id"])

    def test_turns_spark_submits_parameters_into_options(self):
        self.millrace.submits().answers("wait")
        self.execute(
            java_class="com.example.Prices",
            conf={"execution.runtime-mode": "BATCH", "a.flag": True},
            name="prices",
            application_args=["--day", 7, "-D", "x=y"],
            yarn_queue="etl",
            executor_memory="4g",
            executor_cores=2,
            num_executors=10,
            driver_memory="1g",
            parallelism=20,
            tag="prices-7",
            once=True,
        )
        call = self.millrace.calls[0]
        jar = call.index("/jobs/job.jar")
        self.assertEqual(["--day", "7", "-D", "x=y"], call[jar + 1 :])
        options = call[:jar]
        self.assertEqual(
            ["run", "-t", "yarn", "--detach", "--output", "json"], options[:6]
        )
        for pair in (
            ["-c", "com.example.Prices"],
            ["-p", "20"],
            ["--name", "prices"],
            ["--tag", "prices-7"],
            ["-D", "execution.runtime-mode=BATCH"],
            ["-D", "a.flag=true"],
            ["-D", "yarn.queue=etl"],
            ["-D", "yarn.worker.memory=4g"],
            ["-D", "yarn.worker.slots=2"],
            ["-D", "yarn.max-workers=10"],
            ["-D", "yarn.master.memory=1g"],
        ):
            self.assertIn(pair, [options[i : i + 2] for i in range(len(options))])
        self.assertIn("--once", options)

    def test_takes_cluster_and_queue_from_the_connection(self):
        BaseHook.connections["other"] = Connection(
            binary=str(self.millrace.binary), hadoop_conf_dir="/etc/other", queue="night"
        )
        self.millrace.submits().answers("wait")
        self.execute(conn_id="other")
        self.assertEqual(["/etc/other"] * 2, self.millrace.hadoop_conf_dirs)
        self.assertIn("yarn.queue=night", self.millrace.calls[0])

    def test_every_try_of_a_task_instance_has_the_same_tag(self):
        first = tag_of(TaskInstance(try_number=1))
        self.assertEqual(first, tag_of(TaskInstance(try_number=2)))
        self.assertNotEqual(first, tag_of(TaskInstance(map_index=3)))
        self.assertNotEqual(first, tag_of(TaskInstance(run_id="manual__2026-01-01")))
        self.millrace.submits().answers("wait")
        self.execute()
        call = self.millrace.calls[0]
        self.assertEqual(first, call[call.index("--tag") + 1])

    def test_tags_are_what_yarn_takes_whatever_the_run_is_called(self):
        for run_id in ("x" * 300, "manual, by Jürgen", "A", "a"):
            self.assertRegex(tag_of(TaskInstance(run_id=run_id)), r"\A[A-Za-z0-9_.:+-]{1,96}\Z")
        self.assertNotEqual(
            tag_of(TaskInstance(run_id="A")).lower(), tag_of(TaskInstance(run_id="a")).lower()
        )

    def test_fails_with_what_the_job_failed_with(self):
        message = "USER_CODE_FAILED: operator 'divides' threw: / by zero"
        self.millrace.submits().answers("wait", {"message": message}, exit_code=1)
        with self.assertRaisesRegex(AirflowException, "ended with 1: USER_CODE_FAILED") as failed:
            self.execute()
        self.assertNotIsInstance(failed.exception, AirflowFailException)

    def test_does_not_retry_a_wrong_command_line(self):
        self.millrace.answers("run", exit_code=2, err="UNKNOWN_OPTION: no such option")
        with self.assertRaisesRegex(AirflowFailException, "UNKNOWN_OPTION"):
            self.execute()

    def test_does_not_wait_for_work_that_was_done_before(self):
        self.millrace.submits("SUCCEEDED", exitCode=0, origin="DONE")
        self.assertEqual("DONE", self.execute(once=True)["origin"])
        self.assertEqual(1, len(self.millrace.calls))

    def test_says_that_the_jar_is_missing(self):
        with self.assertRaisesRegex(AirflowFailException, "'application'"):
            self.execute(application="")

    def test_defers_and_ends_as_the_trigger_saw_it(self):
        self.millrace.submits()
        operator = self.operator(deferrable=True, poll_interval=5)
        with self.assertRaises(TaskDeferred) as deferred:
            operator.execute({"ti": self.ti})
        trigger = deferred.exception.trigger
        self.assertEqual(APPLICATION, trigger.application_id)
        self.assertEqual(5, trigger.poll_interval)
        complete = getattr(operator, deferred.exception.method_name)
        result = {"applicationId": APPLICATION}
        event = {"status": "success", "message": "", "result": result}
        self.assertEqual(result, complete({}, event))
        with self.assertRaisesRegex(AirflowException, "WORKER_LOST"):
            complete({}, {"status": "error", "message": "WORKER_LOST: gone", "result": {}})

    def test_kill_ends_the_wait_and_cancels_the_application(self):
        self.millrace.submits().answers("wait", hangs=True).answers("cancel")
        operator = self.operator()
        ended = []

        def execute():
            try:
                operator.execute({"ti": self.ti})
            except AirflowException as error:
                ended.append(error)

        task = threading.Thread(target=execute)
        task.start()
        wait_until(lambda: self.millrace.hangs)
        operator.on_kill()
        task.join(120)
        self.assertEqual(1, len(ended))
        self.assertEqual(["cancel", APPLICATION], self.millrace.calls[-1])

    def test_kill_during_the_submission_cancels_by_tag(self):
        self.millrace.answers("run", hangs=True).answers("cancel", exit_code=8)
        operator = self.operator(tag="nightly-7")
        task = threading.Thread(target=lambda: expect_failure(operator, self.ti))
        task.start()
        wait_until(lambda: self.millrace.hangs)
        operator.on_kill()
        task.join(120)
        self.assertEqual(["cancel", "--tag", "nightly-7"], self.millrace.calls[-1])

    def test_kill_leaves_the_application_alone_if_it_is_told_to(self):
        self.millrace.submits().answers("wait")
        operator = self.operator(cancel_on_kill=False)
        operator.execute({"ti": self.ti})
        operator.on_kill()
        self.assertNotIn("cancel", [call[0] for call in self.millrace.calls])

    def test_kill_before_anything_has_begun_does_nothing(self):
        self.operator().on_kill()
        self.assertEqual([], self.millrace.calls)


class TriggerTest(WithMillrace):
    def trigger(self, **more):
        return MillraceTrigger(
            APPLICATION, binary=str(self.millrace.binary), poll_interval=0.01, **more
        )

    def event(self):
        async def first():
            async for event in self.trigger().run():
                return event.payload

        return asyncio.run(first())

    def test_is_made_again_from_what_it_is_stored_as(self):
        path, arguments = self.trigger(env={"HADOOP_CONF_DIR": "/etc/h"}).serialize()
        module, name = path.rsplit(".", 1)
        made = getattr(importlib.import_module(module), name)(**arguments)
        self.assertEqual((path, arguments), made.serialize())

    def test_looks_until_the_application_has_ended(self):
        self.millrace.info("WAITING", None).info("RUNNING", None).info("SUCCEEDED", 0)
        event = self.event()
        self.assertEqual("success", event["status"])
        self.assertEqual(APPLICATION, event["result"]["applicationId"])
        self.assertEqual(3, len(self.millrace.calls))

    def test_tells_how_the_job_failed(self):
        self.millrace.info("FAILED", 1, "USER_CODE_FAILED: / by zero")
        event = self.event()
        self.assertEqual("error", event["status"])
        self.assertEqual("USER_CODE_FAILED: / by zero", event["message"])
        self.assertEqual(1, event["result"]["exitCode"])

    def test_is_patient_with_a_cluster_that_does_not_answer(self):
        self.millrace.answers("info", exit_code=6, err="CLUSTER_UNREACHABLE: nobody")
        self.millrace.info("SUCCEEDED", 0)
        with self.assertLogs("millrace_airflow.trigger", "WARNING"):
            self.assertEqual("success", self.event()["status"])

    def test_fails_when_yarn_does_not_know_the_application(self):
        self.millrace.answers("info", exit_code=8, err="JOB_NOT_FOUND: no such application")
        event = self.event()
        self.assertEqual("error", event["status"])
        self.assertIn("JOB_NOT_FOUND", event["message"])

    def test_kill_cancels_the_application(self):
        self.millrace.answers("cancel")
        asyncio.run(self.trigger().on_kill())
        self.assertEqual([["cancel", APPLICATION]], self.millrace.calls)

    def test_kill_leaves_the_application_alone_if_it_is_told_to(self):
        asyncio.run(self.trigger(cancel_on_kill=False).on_kill())
        self.assertEqual([], self.millrace.calls)

    def test_leaves_no_process_behind_when_it_is_cancelled(self):
        self.millrace.answers("info", hangs=True)

        async def cancel():
            async def run():
                async for _ in self.trigger().run():
                    self.fail("there is no event")

            task = asyncio.create_task(run())
            while not self.millrace.hangs:
                await asyncio.sleep(0.01)
            task.cancel()
            with self.assertRaises(asyncio.CancelledError):
                await task

        asyncio.run(cancel())


class CommandTest(WithMillrace):
    def test_hands_on_progress_and_survives_much_of_it(self):
        lines = []
        self.millrace.answers("wait", {"state": "SUCCEEDED"}, err="progress\n" * 20_000)
        result = MillraceCommand(str(self.millrace.binary)).call(["wait"], lines.append)
        self.assertEqual("SUCCEEDED", result["state"])
        self.assertGreaterEqual(len(lines), 20_000)

    def test_says_what_the_command_said_last_if_it_told_no_result(self):
        self.millrace.answers("wait", exit_code=70, err="first\nINTERNAL: surprise")
        with self.assertRaisesRegex(MillraceError, "ended with 70: INTERNAL: surprise") as failed:
            MillraceCommand(str(self.millrace.binary)).call(["wait"])
        self.assertEqual(70, failed.exception.exit_code)


class DagTest(unittest.TestCase):
    def test_the_example_is_a_dag(self):
        path = Path(__file__).parent.parent / "dags" / "nightly_word_count.py"
        spec = importlib.util.spec_from_file_location("nightly_word_count", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        self.assertEqual("nightly_word_count", module.dag.dag_id)


def wait_until(condition, seconds=120):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError("not within %s s" % seconds)
        time.sleep(0.01)


def expect_failure(operator, ti):
    try:
        operator.execute({"ti": ti})
    except AirflowException:
        return
    raise AssertionError("it did not fail")


if __name__ == "__main__":
    unittest.main()
