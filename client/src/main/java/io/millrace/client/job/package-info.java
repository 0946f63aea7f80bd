/**
 * Jobs as the command line sees them: read over REST, kept as values, shown to people. Way in:
 * {@link io.millrace.client.job.JobRest} to ask, {@link io.millrace.client.job.ProgressDisplay} to
 * show, {@link io.millrace.client.job.ApplicationSecrets} for the right to ask. One thread. Design:
 * {@code docs/design/client.md}.
 */
package io.millrace.client.job;
