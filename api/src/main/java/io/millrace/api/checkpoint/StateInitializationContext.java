package io.millrace.api.checkpoint;

/** What an operator of a program is given to ask for its states, and the raw bytes it saved. */
public interface StateInitializationContext extends FunctionInitializationContext {
    /** The partitions that fall to this subtask; each stream can be read once. */
    Iterable<StatePartitionStreamProvider> getRawOperatorStateInputs();

    /** The key groups that fall to this subtask; each stream can be read once. */
    Iterable<KeyGroupStatePartitionStreamProvider> getRawKeyedStateInputs();
}
