/**
 * Exchanges between stages: a producer's records are kept as a whole, and read when it has
 * finished.
 *
 * <p>Way in: {@link io.millrace.runtime.exchange.stored.StoredExchange}, which batch execution
 * implements. Threads: said at each type.
 */
package io.millrace.runtime.exchange.stored;
