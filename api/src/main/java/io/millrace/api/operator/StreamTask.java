package io.millrace.api.operator;

import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.state.State;
import io.millrace.api.state.StateDescriptor;
import io.millrace.api.stream.ExecutionConfig;

/**
 * The task of an operator, as far as an operator may know it. Implemented by the engine. Confined
 * to the task.
 */
public abstract class StreamTask<OUT, OP extends StreamOperator<OUT>> {
    /** Names the task and the subtask. */
    public abstract String getName();

    public abstract ExecutionConfig getExecutionConfig();

    /** Sees the program's classes. */
    public abstract ClassLoader getUserCodeClassLoader();

    /** What the functions of the operator are given. */
    public abstract StreamingRuntimeContext getRuntimeContext();

    public abstract ProcessingTimeService getProcessingTimeService();

    /** What the writer of a sink is given. */
    public abstract WriterInitContext writerContext();

    /** Whether checkpoints are taken again and again; never in batch jobs. */
    public abstract boolean takesCheckpoints();

    /** Whether they also are when some tasks have finished. */
    public abstract boolean takesCheckpointsAtEnd();

    /**
     * Hears of each key that the operator is about: its states are those of this key from now on.
     */
    public void onKey(Object key) {}

    /**
     * A state of the current key that is divided by namespaces; it is an {@code InternalKvState}
     * too. The same name gives the same state.
     *
     * @throws io.millrace.api.error.MillraceException {@code PROGRAM_INVALID} on streams without
     *     keys
     */
    public abstract <S extends State> S stateInNamespaces(
            TypeSerializer<?> namespaceSerializer, StateDescriptor<S, ?> descriptor);

    /** Timers for the keys that {@code keyContext} says. */
    public abstract InternalTimeServiceManager<?> timersFor(KeyContext keyContext);
}
