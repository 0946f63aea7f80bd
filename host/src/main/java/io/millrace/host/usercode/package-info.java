/**
 * Runs the user's code that belongs to a whole job and not to one task: split enumerators and
 * committers. Way in: {@link io.millrace.host.usercode.Enumerators}, {@link
 * io.millrace.host.usercode.Committers}.
 *
 * <p>Threads: the doors are called on the coordinator's thread and only post. Each enumerator has a
 * thread of its own ({@code enumerator-<vertex>}), and so has each commit ({@code
 * committer-<job>}); what they find out comes back as events. User code can fail its job, never the
 * coordinator. Design: {@code docs/design/host.md}.
 */
package io.millrace.host.usercode;
