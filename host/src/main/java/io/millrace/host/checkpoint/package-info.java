/**
 * What a coordinator decides about checkpoints, done on storage. Way in: {@link
 * io.millrace.host.checkpoint.Checkpoints}. Threads: one for storage; callers never wait. Design:
 * {@code docs/design/checkpoints.md}.
 */
package io.millrace.host.checkpoint;
