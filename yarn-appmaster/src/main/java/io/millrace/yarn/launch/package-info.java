/**
 * What a container of ours is made of: its files, its memory, its command, its secret, and what its
 * exit code means. Shared by the submission and the application master. Way in: {@link
 * io.millrace.yarn.launch.ContainerLayout}. Pure values; any thread. Design: {@code
 * docs/design/yarn.md}.
 */
package io.millrace.yarn.launch;
