package io.millrace.api.checkpoint;

/** What a {@link CheckpointedFunction} is told of the checkpoint. */
public interface FunctionSnapshotContext extends ManagedSnapshotContext {}
