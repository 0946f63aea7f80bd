/**
 * Brings an application to a YARN cluster and looks after it from outside. Way in: {@link
 * io.millrace.yarn.submit.YarnApplications}. Threads: thread-safe; no threads of its own. Design:
 * {@code docs/design/yarn.md}.
 */
package io.millrace.yarn.submit;
