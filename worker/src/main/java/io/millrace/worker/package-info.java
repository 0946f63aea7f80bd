/**
 * The process side of a worker: registers with the coordinator, keeps its lease, obeys the highest
 * epoch, and passes what it is told to its task executor.
 *
 * <p>Way in: {@link io.millrace.worker.Worker#start} for a worker inside a process, {@link
 * io.millrace.worker.WorkerProcess#run} for a process that is a worker; {@link
 * io.millrace.worker.CoordinatorLink} connects either to a coordinator. Threads: one loop per
 * worker decides; what tasks say goes from their own threads straight to the link. Design: {@code
 * docs/design/worker.md}.
 */
package io.millrace.worker;
