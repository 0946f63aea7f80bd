/**
 * Channels inside one process: bounded queues of chunk references, no serialization. Way in: {@link
 * io.millrace.runtime.exchange.local.LocalExchange}. Threads: each end of a channel is confined to
 * its task; the queue and two flags between them are the only things both touch. Design: {@code
 * docs/design/exchange.md}.
 */
package io.millrace.runtime.exchange.local;
