/**
 * Results of stages on local disk: written by ranges of consumers, read when they are whole.
 *
 * <p>Way in: {@link io.millrace.batch.shuffle.DiskExchange}, which a worker is assembled with.
 * Threads: writers and readers are confined to their tasks; a few threads of the exchange read
 * ahead; said at each type. Design: {@code docs/design/batch.md}.
 */
package io.millrace.batch.shuffle;
