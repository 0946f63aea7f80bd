package io.millrace.api.stream;

import io.millrace.api.function.OutputTag;
import io.millrace.api.graph.StreamNode.Chaining;
import io.millrace.api.stream.Draft.Branch;
import io.millrace.api.type.TypeHint;
import io.millrace.api.type.TypeInformation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The stream that comes out of an operator, and the operator's settings. Not thread-safe. */
public class SingleOutputStreamOperator<T> extends DataStream<T> {
    /** Whether the operator has one subtask whatever else is said. */
    protected boolean nonParallel;

    private final Draft draft;
    // Those that were asked for, by their names.
    private final Map<String, OutputTag<?>> sideOutputs = new HashMap<>();

    SingleOutputStreamOperator(StreamExecutionEnvironment environment, Draft draft) {
        super(environment, List.of(Branch.of(draft)));
        this.draft = draft;
    }

    /** The records of an operator, which becomes part of the environment's program. */
    protected SingleOutputStreamOperator(
            StreamExecutionEnvironment environment, Transformation<T> transformation) {
        super(environment, transformation);
        this.draft = transformation.draft();
    }

    final Draft draft() {
        return draft;
    }

    /**
     * The records that this operator emits with the tag; each tag may be asked for once or more.
     *
     * @throws UnsupportedOperationException if a tag of the same name and another type was asked
     *     for
     */
    public <X> SideOutputDataStream<X> getSideOutput(OutputTag<X> sideOutputTag) {
        OutputTag<?> before = sideOutputs.putIfAbsent(sideOutputTag.getId(), sideOutputTag);
        if (before != null
                && before.getTypeInfo() != null
                && sideOutputTag.getTypeInfo() != null
                && !before.getTypeInfo().equals(sideOutputTag.getTypeInfo())) {
            throw new UnsupportedOperationException(
                    "The side output '"
                            + sideOutputTag.getId()
                            + "' of '"
                            + draft.name
                            + "' was asked for with the type "
                            + before.getTypeInfo()
                            + " before, now with "
                            + sideOutputTag.getTypeInfo()
                            + ". Give one of the tags another name.");
        }
        return new SideOutputDataStream<>(environment, new Branch(draft, sideOutputTag, null));
    }

    public String getName() {
        return draft.name;
    }

    /** For logs, metrics and the job's page. */
    public SingleOutputStreamOperator<T> name(String name) {
        draft.name = name;
        return this;
    }

    /** The operator's stable identity, by which its state is found again. */
    public SingleOutputStreamOperator<T> uid(String uid) {
        draft.uid = uid;
        return this;
    }

    /**
     * Adds a variable {@code <key>} to all metrics of the operator, for reporters that label
     * metrics.
     *
     * @param key without angle brackets
     */
    public SingleOutputStreamOperator<T> addMetricVariable(String key, String value) {
        draft.addMetricVariable(key, value);
        return this;
    }

    /** A longer text about the operator, shown in the execution plan; its name by default. */
    public SingleOutputStreamOperator<T> setDescription(String description) {
        draft.description = description;
        return this;
    }

    /**
     * The operator's stable identity as another program's generated one, in place of the {@link
     * #uid}: state that was kept under that hash is found by it.
     *
     * @param uidHash 32 hexadecimal digits
     */
    public SingleOutputStreamOperator<T> setUidHash(String uidHash) {
        draft.setUidHash(uidHash);
        return this;
    }

    /**
     * Has no effect: records do not wait for a buffer to fill or a time to pass, but go out when
     * the task has nothing else to do.
     *
     * @throws IllegalArgumentException below -1
     */
    public SingleOutputStreamOperator<T> setBufferTimeout(long timeoutMillis) {
        if (timeoutMillis < -1) {
            throw new IllegalArgumentException(
                    "The buffer timeout is at least 0 ms, or -1, not " + timeoutMillis + ".");
        }
        return this;
    }

    /**
     * This stream. Functions have the state of their key at hand without waiting, so there is
     * nothing to be made asynchronous.
     */
    public SingleOutputStreamOperator<T> enableAsyncState() {
        return this;
    }

    /**
     * @throws IllegalArgumentException after {@link #forceNonParallel} if it is not 1
     */
    public SingleOutputStreamOperator<T> setParallelism(int parallelism) {
        checkParallel(parallelism);
        draft.setParallelism(parallelism);
        return this;
    }

    /**
     * @throws IllegalArgumentException after {@link #forceNonParallel} if it is not 1
     */
    public SingleOutputStreamOperator<T> setMaxParallelism(int maxParallelism) {
        checkParallel(maxParallelism);
        draft.setMaxParallelism(maxParallelism);
        return this;
    }

    private void checkParallel(int subtasks) {
        if (nonParallel && subtasks != 1) {
            throw new IllegalArgumentException(
                    "'"
                            + draft.name
                            + "' was forced to one subtask; "
                            + subtasks
                            + " are asked for.");
        }
    }

    /** One subtask, for good. */
    public SingleOutputStreamOperator<T> forceNonParallel() {
        setParallelism(1);
        setMaxParallelism(1);
        nonParallel = true;
        return this;
    }

    /** Runs the operator in a task of its own. */
    public SingleOutputStreamOperator<T> disableChaining() {
        draft.chaining = Chaining.NEVER;
        return this;
    }

    /** Does not chain the operator to those before it. */
    public SingleOutputStreamOperator<T> startNewChain() {
        draft.chaining = Chaining.HEAD;
        return this;
    }

    public SingleOutputStreamOperator<T> slotSharingGroup(String slotSharingGroup) {
        draft.slotSharingGroup = slotSharingGroup;
        return this;
    }

    public SingleOutputStreamOperator<T> slotSharingGroup(SlotSharingGroup slotSharingGroup) {
        getExecutionEnvironment().registerSlotSharingGroup(slotSharingGroup);
        return slotSharingGroup(slotSharingGroup.getName());
    }

    /** States the type of the records, where it is erased. Never required, but may save work. */
    public SingleOutputStreamOperator<T> returns(Class<T> typeClass) {
        return returns(TypeInformation.of(typeClass));
    }

    public SingleOutputStreamOperator<T> returns(TypeHint<T> typeHint) {
        return returns(typeHint.getTypeInfo());
    }

    public SingleOutputStreamOperator<T> returns(TypeInformation<T> typeInfo) {
        draft.outputType = typeInfo;
        return this;
    }

    /**
     * This stream, whose records are kept for later programs of the environment when the first one
     * computes them. In batch mode only.
     */
    public CachedDataStream<T> cache() {
        return new CachedDataStream<>(environment, transformation);
    }
}
