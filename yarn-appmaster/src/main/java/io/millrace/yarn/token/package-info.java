/**
 * Delegation tokens of Hadoop on a secure cluster: of which file systems a job has them, when new
 * ones are due, and how they come to the workers.
 *
 * <p>Way in: {@link io.millrace.yarn.token.TokenFileSystems} for the client, {@link
 * io.millrace.yarn.token.TokenRenewal} for the application master. One thread obtains tokens; the
 * decision when is pure ({@link io.millrace.yarn.token.RenewalPlan}). Design: {@code
 * docs/design/yarn.md}.
 */
package io.millrace.yarn.token;
