package io.millrace.runtime.operator;

import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.operator.InternalTimeServiceManager;
import io.millrace.api.operator.KeyContext;
import io.millrace.api.operator.ProcessingTimeService;
import io.millrace.api.operator.StreamOperator;
import io.millrace.api.operator.StreamTask;
import io.millrace.api.operator.StreamingRuntimeContext;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.state.State;
import io.millrace.api.state.StateDescriptor;
import io.millrace.api.stream.ExecutionConfig;
import io.millrace.api.time.TimeDomain;
import io.millrace.runtime.checkpoint.CheckpointSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The task as a program's own operator sees it. Confined to the task. */
final class OwnTask extends StreamTask<Object, StreamOperator<Object>> {
    private final OperatorContext context;
    private final WallClock wallClock;
    private final KeyedScope keys; // null if no input has keys
    private final OwnNamespaces namespaces; // null if no input has keys
    private final List<OwnTimers> timers = new ArrayList<>();
    // Of the key that comes next, if it is known.
    private int nextHash;
    private boolean nextHashed;

    OwnTask(OperatorContext context, KeyedScope keys) {
        this.context = context;
        this.keys = keys;
        this.namespaces = keys == null ? null : new OwnNamespaces(keys);
        this.wallClock = new WallClock(context);
    }

    @Override
    public String getName() {
        return getRuntimeContext().getTaskInfo().getTaskNameWithSubtasks();
    }

    @Override
    public ExecutionConfig getExecutionConfig() {
        return getRuntimeContext().getExecutionConfig();
    }

    @Override
    public ClassLoader getUserCodeClassLoader() {
        return context.userLoader();
    }

    @Override
    public StreamingRuntimeContext getRuntimeContext() {
        return context.runtimeContext();
    }

    @Override
    public ProcessingTimeService getProcessingTimeService() {
        return wallClock;
    }

    @Override
    public WriterInitContext writerContext() {
        return context.writerContext();
    }

    @Override
    public boolean takesCheckpoints() {
        return context.mode() == ExecutionMode.STREAMING
                && CheckpointSettings.from(context.config()).isEnabled();
    }

    @Override
    public boolean takesCheckpointsAtEnd() {
        return takesCheckpoints() && CheckpointSettings.from(context.config()).afterTasksFinish();
    }

    /** The key of the next record has this hash. */
    void expectKey(int keyHash) {
        nextHash = keyHash;
        nextHashed = true;
    }

    /** The record is through. */
    void expectNoKey() {
        nextHashed = false;
    }

    @Override
    public void onKey(Object key) {
        if (keys == null) {
            return;
        }
        if (key == null) {
            keys.forgetKey();
        } else if (nextHashed) {
            keys.setKey(key, nextHash);
        } else {
            keys.setKey(key);
        }
        nextHashed = false;
    }

    void expect(int[] keyHashes, int count) {
        if (keys != null) {
            keys.expect(keyHashes, count);
        }
    }

    @Override
    public <S extends State> S stateInNamespaces(
            TypeSerializer<?> namespaceSerializer, StateDescriptor<S, ?> descriptor) {
        if (namespaces == null) {
            return getRuntimeContext().stateOf(descriptor); // says that there are no keys
        }
        Objects.requireNonNull(namespaceSerializer, "The serializer of a namespace is null.");
        return namespaces.state(namespaceSerializer, descriptor, getExecutionConfig());
    }

    @Override
    public InternalTimeServiceManager<?> timersFor(KeyContext keyContext) {
        OwnTimers made = new OwnTimers(context, keyContext, this, keys);
        timers.add(made);
        return made;
    }

    /** How many are registered, of all keys. */
    int timers(TimeDomain domain) {
        return timers.stream().mapToInt(each -> each.size(domain)).sum();
    }

    /** All time of the current key passes. */
    void endKey() {
        timers.forEach(OwnTimers::endKey);
    }

    void fireAllOfProcessingTime() {
        timers.forEach(OwnTimers::fireAllOfProcessingTime);
    }
}
