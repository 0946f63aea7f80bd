/**
 * How records come in. A {@link io.millrace.api.source.Source} makes one enumerator, which finds
 * and assigns splits beside the coordinator, and one reader a subtask, which reads them. Threads:
 * an enumerator is confined to its coordinator thread, a reader to its task; only the future of
 * {@code isAvailable} is touched by others.
 */
package io.millrace.api.source;
