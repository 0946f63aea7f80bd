/**
 * What the coordinator and the workers say to each other, as sealed records, and their wire form.
 * Way in: {@link io.millrace.runtime.message.ToWorker}, {@link
 * io.millrace.runtime.message.ToCoordinator}, {@code MessageCodec}. Immutable values; any thread.
 */
package io.millrace.runtime.message;
