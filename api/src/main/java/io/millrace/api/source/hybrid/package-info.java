/**
 * One source made of several that are read one after the other, such as files and then a topic. The
 * way in is {@link io.millrace.api.source.hybrid.HybridSource}. Threads: those of {@link
 * io.millrace.api.source}: the enumerator is confined to its coordinator thread, a reader to its
 * task.
 */
package io.millrace.api.source.hybrid;
