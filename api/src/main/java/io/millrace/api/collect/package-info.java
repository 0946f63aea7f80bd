/**
 * Brings the records of a stream back to the program: {@code executeAndCollect}. A sink in every
 * subtask connects to a server in the process of {@code main()} and proves that it knows the job's
 * random token; records come as bytes of the engine's codec. Way in: {@link
 * io.millrace.api.collect.CollectedResults}. Threads: the iterator is confined to its reader; the
 * server has a thread a connection, and the buffer between them is a monitor.
 */
package io.millrace.api.collect;
