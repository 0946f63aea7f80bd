package io.millrace.runtime.operator;

import io.millrace.api.checkpoint.CheckpointedFunction;
import io.millrace.api.checkpoint.FunctionHost;
import io.millrace.api.function.DefaultOpenContext;
import io.millrace.api.function.Function;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.RichFunction;
import io.millrace.api.graph.Keying;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.operator.MailboxExecutor;
import io.millrace.api.operator.StreamingRuntimeContext;
import io.millrace.api.option.Config;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.type.TypeInformation;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.SnapshotTurn;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.metrics.OperatorGroup;
import io.millrace.runtime.plan.ChainedOperator;
import io.millrace.runtime.plan.JobVertex;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.CopyGuard;
import io.millrace.runtime.serde.JavaSerialization;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.unkeyed.StampedRecords;
import io.millrace.runtime.time.ProcessingTimers;
import io.millrace.runtime.time.SteadyTime;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** What one operator may ask of its task. Confined to the task. */
public final class OperatorContext {
    private final TaskScope scope;
    private final ChainedOperator operator;
    private final int operatorIndex;
    private final TaskLinks links;
    private final SideOutputs sideOutputs;
    private final List<Serializer<Object>> inputSerializers;
    private final Serializer<Object> outputSerializer;
    private final JobSerializers serializers;
    private final FunctionScope functionScope;
    private final FunctionStates functions;
    private KeyedScope keyed; // null if the operator has no keys
    private boolean keysComeOnce;

    /**
     * @param inputSerializers of the records of each input; empty for a source
     * @param outputSerializer of the records that go out; null for a sink
     * @param serializers of the program
     */
    public OperatorContext(
            TaskScope scope,
            ChainedOperator operator,
            int operatorIndex,
            TaskLinks links,
            SideOutputs sideOutputs,
            List<Serializer<Object>> inputSerializers,
            Serializer<Object> outputSerializer,
            JobSerializers serializers) {
        this.scope = scope;
        this.operator = operator;
        this.operatorIndex = operatorIndex;
        this.links = links;
        this.sideOutputs = sideOutputs;
        this.inputSerializers = List.copyOf(inputSerializers);
        this.outputSerializer = outputSerializer;
        this.serializers = serializers;
        this.functionScope = new FunctionScope(scope, operator);
        this.functions = new FunctionStates(this, serializers);
    }

    public String name() {
        return operator.name();
    }

    public int vertexId() {
        return scope.vertex().id();
    }

    public int operatorIndex() {
        return operatorIndex;
    }

    public int subtask() {
        return scope.attempt().subtask();
    }

    public ExecutionMode mode() {
        return scope.mode();
    }

    public Config config() {
        return scope.config();
    }

    /** Of this operator, for what the engine measures. */
    OperatorGroup metrics() {
        return scope.services().metrics().operator(operator.name(), operator.nodeId());
    }

    /** The task's own directory for spilled data; it may not exist yet. */
    public Path spillDirectory() {
        return scope.spillDirectory();
    }

    /**
     * What the operator's earlier subtasks have left for this one; empty if the job starts anew or
     * nothing concerns it.
     */
    public List<RestoredPart> restored() {
        return scope.restored().of(operatorIndex);
    }

    /** Reads what {@link #restored} refers to. */
    public SegmentSource segments() {
        return scope.restored().segments();
    }

    /** The checkpoint that is restored, also if it has nothing of this operator. */
    public OptionalLong restoredCheckpointId() {
        return scope.restored().checkpointId();
    }

    /** Of the records that come in; null for a source. */
    public Serializer<Object> inputSerializer() {
        return inputSerializers.isEmpty() ? null : inputSerializers.get(0);
    }

    /** Of the records that come in by the second input. */
    public Serializer<Object> secondInputSerializer() {
        return inputSerializers.get(1);
    }

    /**
     * Of the records that come in by any input.
     *
     * @param input from 0
     */
    public Serializer<Object> inputSerializer(int input) {
        return inputSerializers.get(input);
    }

    /**
     * Of values that the operator keeps.
     *
     * @throws io.millrace.api.error.MillraceException {@code RECORD_TYPE_UNKNOWN} if a part of them
     *     has no serial form
     */
    public Serializer<Object> serializerOf(TypeInformation<?> type) {
        return serializers.of(type);
    }

    /** Of the records that go out; null for a sink. */
    public Serializer<Object> outputSerializer() {
        return outputSerializer;
    }

    /**
     * Copies records that an operator keeps and also passes on; null if they cannot change or the
     * job reuses objects.
     */
    public Serializer<Object> copier() {
        return copierOf(outputSerializer, scope.objectReuse());
    }

    /** Copies records that come in and are kept beyond the call; null as for {@link #copier}. */
    public Serializer<Object> inputCopier() {
        return copierOf(inputSerializer(), scope.objectReuse());
    }

    /** The same for the second input. */
    public Serializer<Object> secondInputCopier() {
        return copierOf(secondInputSerializer(), scope.objectReuse());
    }

    /** Whether operators may be given the same objects again. */
    boolean reusesObjects() {
        return scope.objectReuse();
    }

    public SideOutputs sideOutputs() {
        return sideOutputs;
    }

    /** Calls at a time of {@link #clockMs}. */
    public ProcessingTimers processingTimers() {
        return links.timers().of(operatorIndex);
    }

    /** The task's time by a clock that nobody sets. */
    SteadyTime steady() {
        return links.steady();
    }

    /** The wall clock of the task, in milliseconds since the epoch. */
    public LongSupplier clockMs() {
        return scope.clockMs();
    }

    /**
     * Runs {@code mail} on the task's thread between two chunks, unless the task has ended by then.
     * Any thread.
     */
    public void post(Runnable mail) {
        links.mailbox().accept(mail);
    }

    /** The task's thread for what this operator sends. */
    MailboxExecutor mailbox() {
        return new OperatorMailbox(
                links.mail(),
                operatorIndex,
                operator.name(),
                processingTimers(),
                scope.clockMs(),
                links.guard());
    }

    /**
     * True on the task's thread, to stand in an assertion where a function emits; any other thread
     * gets an error, and the task fails with it.
     */
    public boolean mayEmit() {
        return links.guard().admits(name());
    }

    public ClassLoader userLoader() {
        return scope.userLoader();
    }

    /** The same for any serializer. */
    public static Serializer<Object> copierOf(Serializer<Object> serializer, boolean objectReuse) {
        return serializer == null || objectReuse || serializer.immutable()
                ? null
                : CopyGuard.of(serializer);
    }

    /**
     * Records that the operator holds, as a state of its own.
     *
     * @param input of which they are
     */
    StampedRecords heldRecords(String name, int input) {
        return heldRecords(name, input, StatePart.Kind.SPLIT_LIST);
    }

    /**
     * @param kind how they are dealt out at another parallelism
     */
    StampedRecords heldRecords(String name, int input, StatePart.Kind kind) {
        return new StampedRecords(
                FunctionStates.OWN + name, kind, inputSerializers.get(input), serializers);
    }

    /** Whether a key is of this subtask's key groups. */
    boolean owns(Object key) {
        JobVertex vertex = scope.vertex();
        int group = KeyGroups.group(KeyGroups.hash(key), vertex.maxParallelism());
        return group >= vertex.firstKeyGroup(subtask()) && group <= vertex.lastKeyGroup(subtask());
    }

    /** To be called before the operator is made, if {@link #keysComeOnce}. */
    void letKeysComeOnce() {
        keysComeOnce = true;
    }

    /**
     * Whether the operator is given its input one key after another, and forgets each with {@link
     * Operator#endKey}. Then no timer comes before the end of its key.
     */
    public boolean keysComeOnce() {
        return keysComeOnce;
    }

    /** Forgets what keys have. */
    void endKey() {
        if (keyed != null) {
            keyed.clear();
        }
    }

    /** The functions of this operator, as checkpoints see them. */
    FunctionStates functions() {
        return functions;
    }

    /** At a barrier: what functions keep. */
    void snapshot(SnapshotTurn turn) throws Exception {
        functions.prepare(turn);
        functions.snapshot(turn);
        if (keyed != null) {
            keyed.snapshot(turn);
        }
    }

    void checkpointEnded(long checkpointId, boolean complete) throws Exception {
        functions.checkpointEnded(checkpointId, complete);
        if (keyed != null) {
            keyed.checkpointEnded(checkpointId, complete);
        }
    }

    /** Keys that have something, in all states together. */
    public long stateEntries() {
        return keyed == null ? 0 : keyed.entries();
    }

    /** The keys of an operator that has them by its kind; to be called once, when it is made. */
    public KeyedScope keyedBy(KeySelector<?, ?>... selectors) {
        Keying known = keying();
        return keyed(new Keying(Arrays.asList(selectors), known == null ? null : known.type()));
    }

    /**
     * The keys of an operator whose function may have state if its stream is keyed; null if it is
     * not, or the function never asks. To be called once, when the operator is made.
     */
    KeyedScope keysFor(Object function) {
        return function instanceof RichFunction || function instanceof CheckpointedFunction
                ? keysOfInput()
                : null;
    }

    /** The same whatever the operator calls. */
    KeyedScope keysOfInput() {
        Keying known = keying();
        return known == null ? null : keyed(known);
    }

    private KeyedScope keyed(Keying keying) {
        keyed = new KeyedScope(this, serializers, keying);
        functionScope.setKeyedStateStore(keyed.states());
        return keyed;
    }

    /** The keys of the inputs as the program has them; null if it has none. */
    Keying keying() {
        return operator.keying() == null
                ? null
                : JavaSerialization.read(operator.keying(), userLoader(), Keying.class);
    }

    /** Makes what is kept by key ready; before functions are opened. */
    public void openState() {
        if (keyed != null) {
            keyed.open();
        }
    }

    /** Lets go of what is kept by key; after functions are closed. */
    public void closeState() {
        if (keyed != null) {
            keyed.close();
        }
    }

    /** Gives a rich function its context, a function its state, and opens it. */
    public void open(Function function) throws Exception {
        openState();
        if (function instanceof RichFunction rich) {
            rich.setRuntimeContext(functionScope);
        }
        functions.manage(function, FunctionHost.Caller.DIRECT);
        if (function instanceof RichFunction rich) {
            rich.open(DefaultOpenContext.INSTANCE);
        }
    }

    public void close(Function function) throws Exception {
        try {
            if (function instanceof RichFunction rich) {
                rich.close();
            }
        } finally {
            closeState();
        }
    }

    /** What functions are given. */
    public StreamingRuntimeContext runtimeContext() {
        return functionScope;
    }

    /** The operator's own identity in the job: the uid, or its place in the program. */
    String identity() {
        return operator.identity();
    }

    WriterInitContext writerContext() {
        return new WriterScope(
                functionScope,
                identity(),
                scope.config(),
                new UserTimers(name(), processingTimers(), clockMs()),
                mailbox(),
                functions);
    }

    SourceReaderContext readerContext() {
        return new ReaderScope(scope, operatorIndex, functionScope, functions);
    }

    TaskScope scope() {
        return scope;
    }
}
