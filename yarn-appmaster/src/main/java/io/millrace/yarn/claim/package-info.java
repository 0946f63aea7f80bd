/**
 * Tags under which at most one application runs at a time: what a tag is, and the files on the
 * cluster's file system by which submissions and application masters agree.
 *
 * <p>Way in: {@link io.millrace.yarn.claim.RunTag} and {@link io.millrace.yarn.claim.TagClaims}.
 * Any thread; the agreement is between processes. Design: {@code docs/design/yarn.md}.
 */
package io.millrace.yarn.claim;
