/**
 * Authenticated, framed connections over Netty, for control messages and data. Way in: {@code
 * WireServer} to listen, {@code WireClient} to connect, {@link io.millrace.runtime.wire.AppSecret}
 * for the keys. Nothing beyond a fixed header is parsed before the peer has proven that it knows
 * the application's secret. Threads: listeners run on network threads and must not wait.
 */
package io.millrace.runtime.wire;
