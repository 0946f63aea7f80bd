package io.millrace.api.stream;

import io.millrace.api.function.OutputTag;
import io.millrace.api.graph.StreamNode.Chaining;
import io.millrace.api.stream.Draft.Branch;
import io.millrace.api.type.TypeHint;
import io.millrace.api.type.TypeInformation;
import java.util.List;

/** The stream that comes out of an operator, and the operator's settings. Not thread-safe. */
public class SingleOutputStreamOperator<T> extends DataStream<T> {
    private final Draft draft;

    SingleOutputStreamOperator(StreamExecutionEnvironment environment, Draft draft) {
        super(environment, List.of(Branch.of(draft)));
        this.draft = draft;
    }

    /**
     * The records that this operator emits with the tag; each tag may be asked for once or more.
     */
    public <X> SideOutputDataStream<X> getSideOutput(OutputTag<X> sideOutputTag) {
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

    public SingleOutputStreamOperator<T> setParallelism(int parallelism) {
        draft.setParallelism(parallelism);
        return this;
    }

    public SingleOutputStreamOperator<T> setMaxParallelism(int maxParallelism) {
        draft.setMaxParallelism(maxParallelism);
        return this;
    }

    /** One subtask. */
    public SingleOutputStreamOperator<T> forceNonParallel() {
        return setParallelism(1);
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
}
