/**
 * What moves between tasks: chunks of records, control events, and the codec that takes a chunk
 * over the wire. Way in: {@link io.millrace.runtime.chunk.RecordChunk}. Owned by one task at a
 * time. Design: {@code docs/design/exchange.md}.
 */
package io.millrace.runtime.chunk;
