/**
 * The worker process as YARN starts it. Way in: {@link io.millrace.yarn.worker.YarnWorkerMain},
 * named in the command of the container. Threads: those of the worker.
 */
package io.millrace.yarn.worker;
