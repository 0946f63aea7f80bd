/**
 * Moves chunks between tasks: a partitioner picks the channel, a channel keeps order, a gate
 * merges.
 *
 * <p>Way in: {@link io.millrace.runtime.exchange.Exchange} to open the ends of channels. An
 * exchange never calls a task. Threads: the ends are confined to their task; a remote channel is
 * also touched by the network thread and says how. Design: {@code docs/design/exchange.md}.
 */
package io.millrace.runtime.exchange;
