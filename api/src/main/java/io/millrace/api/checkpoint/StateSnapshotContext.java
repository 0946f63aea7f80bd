package io.millrace.api.checkpoint;

/** What an operator of a program is told of the checkpoint, and where it may write raw bytes. */
public interface StateSnapshotContext extends FunctionSnapshotContext {
    /**
     * Bytes by key group.
     *
     * @throws IllegalStateException if the stream is not keyed
     */
    KeyedStateCheckpointOutputStream getRawKeyedOperatorStateOutput() throws Exception;

    /** Bytes in partitions, which are dealt out anew if the parallelism changes. */
    OperatorStateCheckpointOutputStream getRawOperatorStateOutput() throws Exception;
}
