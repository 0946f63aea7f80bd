package io.millrace.coordinator.checkpoint;

/**
 * The checkpoints that a job has: those it may start from, those under way, and how one of these is
 * given up. Immutable; what is in it is confined to the coordinator's thread.
 */
record KnownCheckpoints(
        RestorePoints points, PendingCheckpoints pending, CheckpointAborts aborts) {}
