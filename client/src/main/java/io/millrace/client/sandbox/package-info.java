/**
 * A Hadoop cluster of one machine: NameNode, DataNode, ResourceManager, NodeManager and ZooKeeper
 * as real processes, for trying Millrace and for its tests.
 *
 * <p>Way in: {@link io.millrace.client.sandbox.Sandbox}, or the {@code sandbox} command. This room
 * sees no Hadoop class: it writes configuration, starts processes, and asks them over HTTP whether
 * they are ready. {@link io.millrace.client.sandbox.DaemonMain} is the one class that runs inside
 * the daemons. Calls come from one thread at a time; a file lock keeps other processes out. Design:
 * {@code docs/design/client.md}.
 */
package io.millrace.client.sandbox;
