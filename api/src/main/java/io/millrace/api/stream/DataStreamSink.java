package io.millrace.api.stream;

import io.millrace.api.graph.StreamNode.Chaining;

/** The settings of a sink. Not thread-safe. */
public class DataStreamSink<T> {
    private final StreamExecutionEnvironment environment;
    private final Draft draft;

    DataStreamSink(StreamExecutionEnvironment environment, Draft draft) {
        this.environment = environment;
        this.draft = draft;
    }

    /** For logs, metrics and the job's page. */
    public DataStreamSink<T> name(String name) {
        draft.name = name;
        return this;
    }

    /** The sink's stable identity, by which its state is found again. */
    public DataStreamSink<T> uid(String uid) {
        draft.uid = uid;
        return this;
    }

    /**
     * Adds a variable {@code <key>} to all metrics of the sink, for reporters that label metrics.
     *
     * @param key without angle brackets
     */
    public DataStreamSink<T> addMetricVariable(String key, String value) {
        draft.addMetricVariable(key, value);
        return this;
    }

    /** A longer text about the sink, shown in the execution plan; its name by default. */
    public DataStreamSink<T> setDescription(String description) {
        draft.description = description;
        return this;
    }

    /**
     * The sink's stable identity in place of the {@link #uid}: see {@link
     * SingleOutputStreamOperator#setUidHash}.
     *
     * @param uidHash 32 hexadecimal digits
     */
    public DataStreamSink<T> setUidHash(String uidHash) {
        draft.setUidHash(uidHash);
        return this;
    }

    public DataStreamSink<T> setParallelism(int parallelism) {
        draft.setParallelism(parallelism);
        return this;
    }

    public DataStreamSink<T> setMaxParallelism(int maxParallelism) {
        draft.setMaxParallelism(maxParallelism);
        return this;
    }

    /** Runs the sink in a task of its own. */
    public DataStreamSink<T> disableChaining() {
        draft.chaining = Chaining.NEVER;
        return this;
    }

    public DataStreamSink<T> slotSharingGroup(String slotSharingGroup) {
        draft.slotSharingGroup = slotSharingGroup;
        return this;
    }

    public DataStreamSink<T> slotSharingGroup(SlotSharingGroup slotSharingGroup) {
        environment.registerSlotSharingGroup(slotSharingGroup);
        return slotSharingGroup(slotSharingGroup.getName());
    }
}
