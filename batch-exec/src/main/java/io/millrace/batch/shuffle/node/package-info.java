/**
 * Reads results from the shuffle services of nodes, by the protocol of MapReduce: ranges over HTTP,
 * each side proving that it knows the application's key.
 *
 * <p>Way in: {@link io.millrace.batch.shuffle.node.NodeClient} for a worker, {@link
 * io.millrace.batch.shuffle.node.NodeReads} for the readers of an edge, {@link
 * io.millrace.batch.shuffle.node.NodeFiles} for the names and places that a service expects.
 * Threads: tasks open, poll and close; threads of the HTTP client bring bytes. Design: {@code
 * docs/design/batch.md}.
 */
package io.millrace.batch.shuffle.node;
