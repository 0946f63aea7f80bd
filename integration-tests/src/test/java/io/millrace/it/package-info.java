/**
 * Whole-system tests on real processes: the distribution as a user runs it, against the sandbox's
 * NameNode, ResourceManager and ZooKeeper. Way in: {@code Sandbox} for the cluster, {@code
 * Millrace} for the command. The verdict is read from HDFS, YARN and exit codes, never from the
 * engine's word.
 */
package io.millrace.it;
