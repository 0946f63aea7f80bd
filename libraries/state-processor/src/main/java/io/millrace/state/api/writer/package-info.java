/**
 * The tasks of a job that writes a savepoint: those that make state of records, those that copy
 * state, and the one that makes the savepoint whole. Made by {@link
 * io.millrace.state.api.SavepointWriter}; confined to a task.
 */
package io.millrace.state.api.writer;
