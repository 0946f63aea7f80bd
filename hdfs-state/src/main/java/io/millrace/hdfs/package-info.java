/**
 * Durable state on Hadoop: the cluster's configuration, its file systems behind the API's {@code
 * FileSystem}, the journal of an application on HDFS, leader election in ZooKeeper.
 *
 * <p>Way in: {@link io.millrace.hdfs.HadoopSite} for the configuration, {@link
 * io.millrace.hdfs.HdfsJournalStore}, {@link io.millrace.hdfs.ZooKeeperLeaderElection}; the file
 * systems are found by service. Threads: each class says; leadership is told on a thread of the
 * election. Design: {@code docs/design/durable-state.md}.
 */
package io.millrace.hdfs;
