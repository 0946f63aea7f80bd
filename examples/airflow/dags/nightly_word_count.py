"""Counts the words of each day, once a night."""

from __future__ import annotations

import datetime

try:
    from airflow.sdk import DAG
except ImportError:  # Airflow 2
    from airflow import DAG

from millrace_airflow.operator import MillraceSubmitOperator

with DAG(
    dag_id="nightly_word_count",
    schedule="@daily",
    start_date=datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc),
    catchup=False,
    default_args={"retries": 2, "retry_delay": datetime.timedelta(minutes=5)},
) as dag:
    MillraceSubmitOperator(
        task_id="count_words",
        application="/opt/jobs/word-count.jar",
        java_class="io.millrace.examples.WordCount",
        application_args=["--input", "/texts/{{ ds }}", "--output", "/counts/{{ ds }}"],
        conf={"execution.runtime-mode": "BATCH"},
        yarn_queue="default",
        executor_memory="2g",
        executor_cores=2,
        deferrable=True,
    )
