/**
 * Readers whose splits are read by threads of their own, for clients that wait. The way in is
 * {@link io.millrace.api.source.reader.SingleThreadMultiplexSourceReaderBase}, with a {@link
 * io.millrace.api.source.reader.SplitReader} that fetches and a {@link
 * io.millrace.api.source.reader.RecordEmitter} that emits. Threads: the reader is confined to its
 * task, a split reader to the thread of its {@link io.millrace.api.source.reader.SplitFetcher}, but
 * for {@code wakeUp}; between them is a queue with a limit.
 */
package io.millrace.api.source.reader;
