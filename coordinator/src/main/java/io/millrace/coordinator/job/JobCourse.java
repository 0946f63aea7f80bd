package io.millrace.coordinator.job;

/**
 * What may come of something that has happened to a job: its last commit, the ends of its regions,
 * a restart. Immutable; what is in it is confined to the coordinator's thread.
 */
record JobCourse(FinalCommit commit, RegionEnds ends, JobFailover failover) {}
