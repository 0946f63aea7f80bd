/**
 * Channels between workers: one connection per pair of workers and direction, many channels on it,
 * each with its own credit.
 *
 * <p>Way in: {@link io.millrace.runtime.exchange.remote.NetworkExchange}, which also decides
 * whether a channel is local. Threads: chunks are encoded and decoded by the tasks at the two ends;
 * network threads only move bytes and credits, and never wait. Design: {@code
 * docs/design/exchange-remote.md}.
 */
package io.millrace.runtime.exchange.remote;
