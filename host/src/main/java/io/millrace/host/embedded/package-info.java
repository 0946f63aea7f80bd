/**
 * A whole cluster in one process: the same coordinator, workers, class loaders and bytes as on
 * YARN, without Hadoop. Way in: {@link io.millrace.host.embedded.EmbeddedJobExecutor}, which a
 * program on a plain class path finds by itself, or {@link
 * io.millrace.host.embedded.EmbeddedCluster}.
 *
 * <p>Threads: all are daemons, so that the process ends with {@code main()}; {@code execute()}
 * waits for the job. Design: {@code docs/design/host.md}.
 */
package io.millrace.host.embedded;
