/**
 * Sinks that send records in batches and do not wait for the answers. The way in is {@link
 * io.millrace.api.sink.async.AsyncSinkBase}, with an own {@link
 * io.millrace.api.sink.async.AsyncSinkWriter} that knows how a batch is sent. Threads: a writer is
 * confined to its task; a {@link io.millrace.api.sink.async.ResultHandler} may be called by any.
 */
package io.millrace.api.sink.async;
