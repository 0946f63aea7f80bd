/**
 * Which process leads, and in which epoch. Way in: {@link
 * io.millrace.coordinator.lead.LeaderElection}; ZooKeeper's form lives in {@code hdfs-state}, the
 * embedded one leads at once.
 */
package io.millrace.coordinator.lead;
