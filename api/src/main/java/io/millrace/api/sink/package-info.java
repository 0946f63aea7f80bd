/**
 * How records go out. A {@link io.millrace.api.sink.Sink} makes one writer a subtask; a sink that
 * also implements {@link io.millrace.api.sink.SupportsCommitter} makes its output visible in two
 * steps: the writer prepares, the committer, beside the coordinator, commits. Threads: a writer is
 * confined to its task, a committer to the thread that commits.
 */
package io.millrace.api.sink;
