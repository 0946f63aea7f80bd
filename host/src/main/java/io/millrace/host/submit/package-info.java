/**
 * From a program to a job: checks, plans, submits, and stands for the job while it runs. Way in:
 * {@link io.millrace.host.submit.HostJobExecutor}. Called by the thread that runs the program's
 * {@code main()}; the clients that it gives out are thread-safe. Design: {@code
 * docs/design/host.md}.
 */
package io.millrace.host.submit;
