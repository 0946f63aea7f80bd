package io.millrace.runtime.checkpoint;

/**
 * A checkpoint as the pointer names it. Immutable.
 *
 * @param checkpointId never used twice for a job
 * @param epoch of the leader that completed it
 * @param manifest relative to the directory of the job's checkpoints
 * @param manifestLength in bytes
 * @param manifestCrc32c of the manifest's bytes
 */
public record CheckpointRecord(
        long checkpointId, long epoch, String manifest, long manifestLength, int manifestCrc32c) {}
