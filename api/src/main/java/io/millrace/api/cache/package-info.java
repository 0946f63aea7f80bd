/**
 * The records of a stream between two programs of one {@code main()}: a sink writes them to files
 * when they are made first, and a source reads them in later programs.
 *
 * <p>Way in: {@code cache()} of a stream; {@link io.millrace.api.cache.CacheSink} and {@link
 * io.millrace.api.cache.CacheSource} run in tasks like those of a connector. Records are written as
 * the engine writes them, so they need not be serializable. Design: {@code docs/design/api.md}.
 */
package io.millrace.api.cache;
