package io.millrace.api.stream;

import io.millrace.api.graph.Partitioning;
import io.millrace.api.stream.Draft.Branch;
import io.millrace.api.type.TypeInformation;
import java.util.List;
import java.util.Optional;

/**
 * What comes out of an operator, and the operator's settings, for code below {@link DataStream}.
 * Settings are those of the operator; where several operators are united they are refused. Not
 * thread-safe.
 *
 * @param <T> the records
 */
public abstract class Transformation<T> {
    /** The most subtasks, and key groups, that an operator may have. */
    public static final int UPPER_BOUND_MAX_PARALLELISM = GraphAssembly.MAX_KEY_GROUPS;

    /** Null where several operators are united. */
    private final Draft draft;

    Transformation(Draft draft) {
        this.draft = draft;
    }

    /** Where the records come from; many after a union. */
    abstract List<Branch> branches();

    final Draft draft() {
        if (draft == null) {
            throw new UnsupportedOperationException(
                    "The streams that are united have an operator each, and no settings in common."
                            + " Set them before union().");
        }
        return draft;
    }

    /** Unique in its environment; -1 for an operator that was not added to one yet. */
    public int getId() {
        return draft().id;
    }

    public void setName(String name) {
        draft().name = name;
    }

    public String getName() {
        return draft().name;
    }

    public void setDescription(String description) {
        draft().description = description;
    }

    /** The name, if nothing else was said. */
    public String getDescription() {
        return draft().description == null ? draft().name : draft().description;
    }

    /** {@link ExecutionConfig#PARALLELISM_DEFAULT} for the environment's. */
    public int getParallelism() {
        int own = draft().parallelism;
        return own > 0 ? own : ExecutionConfig.PARALLELISM_DEFAULT;
    }

    public boolean isParallelismConfigured() {
        return draft().parallelism > 0;
    }

    public void setParallelism(int parallelism) {
        draft().setParallelism(parallelism);
    }

    /**
     * @param parallelismConfigured false takes back what was set before
     */
    public void setParallelism(int parallelism, boolean parallelismConfigured) {
        setParallelism(parallelismConfigured ? parallelism : ExecutionConfig.PARALLELISM_DEFAULT);
    }

    /** -1 if it is not set. */
    public int getMaxParallelism() {
        return draft().maxParallelism;
    }

    public void setMaxParallelism(int maxParallelism) {
        draft().setMaxParallelism(maxParallelism);
    }

    /** What a subtask needs at least; see {@link ResourceSpec}. */
    public ResourceSpec getMinResources() {
        return ResourceSpec.UNKNOWN;
    }

    /** What a subtask would like to have; see {@link ResourceSpec}. */
    public ResourceSpec getPreferredResources() {
        return ResourceSpec.UNKNOWN;
    }

    /** See {@link SingleOutputStreamOperator#setUidHash}. */
    public void setUidHash(String uidHash) {
        draft().setUidHash(uidHash);
    }

    /** Null if none was given. */
    public String getUserProvidedNodeHash() {
        return draft().uidHash;
    }

    public void setUid(String uid) {
        draft().uid = uid;
    }

    /** Null if none was given. */
    public String getUid() {
        return draft().uid;
    }

    /** Empty to be where the operators before are. */
    public Optional<SlotSharingGroup> getSlotSharingGroup() {
        return Optional.ofNullable(draft().slotSharingGroup)
                .map(name -> SlotSharingGroup.newBuilder(name).build());
    }

    public void setSlotSharingGroup(String slotSharingGroupName) {
        draft().slotSharingGroup = slotSharingGroupName;
    }

    /** By its name alone; the environment is told what the group needs. */
    public void setSlotSharingGroup(SlotSharingGroup slotSharingGroup) {
        setSlotSharingGroup(slotSharingGroup.getName());
    }

    public void setOutputType(TypeInformation<T> outputType) {
        draft().outputType = outputType;
    }

    /** Null if the type is found from the records. */
    @SuppressWarnings("unchecked") // the records are of this type
    public TypeInformation<T> getOutputType() {
        for (Branch branch : branches()) {
            if (branch.type() != null) {
                return (TypeInformation<T>) branch.type();
            }
        }
        return null;
    }

    /** What leads to the operator, one for each of its inputs. */
    public List<Transformation<?>> getInputs() {
        return draft().inputs.stream().<Transformation<?>>map(StreamOutput::of).toList();
    }

    @Override
    public String toString() {
        List<String> sources = branches().stream().map(Transformation::describe).toList();
        return getClass().getSimpleName() + sources;
    }

    private static String describe(Branch branch) {
        Partitioning way = branch.partitioning();
        String name = branch.source().name;
        return way == null ? name : name + " by " + way.kind();
    }
}
