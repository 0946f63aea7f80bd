/**
 * Savepoints as directories of Parquet tables that others read too. Rows go between the form of
 * checkpoints and columns without the classes of the job: written schemas say what is in them.
 *
 * <p>Way in: {@link io.millrace.savepoint.SavepointWriter} makes a savepoint of a checkpoint,
 * {@link io.millrace.savepoint.SavepointDirectory} reads and checks one, {@link
 * io.millrace.savepoint.SavepointSegments} gives it to the tasks of a job that starts from it.
 * Nothing here runs on a task's thread. The format: {@code docs/savepoint-format.md}; why it is so:
 * {@code docs/design/savepoints.md}.
 */
package io.millrace.savepoint;
