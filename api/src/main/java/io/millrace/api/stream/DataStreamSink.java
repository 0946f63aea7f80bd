package io.millrace.api.stream;

import io.millrace.api.graph.StreamNode.Chaining;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The settings of a sink. Not thread-safe. */
public class DataStreamSink<T> {
    private final StreamExecutionEnvironment environment;
    // The operator that writes.
    private final Draft draft;
    private final Parts parts;

    DataStreamSink(StreamExecutionEnvironment environment, Draft draft) {
        this(environment, draft, null);
    }

    /**
     * @param parts null for a sink of one operator
     */
    DataStreamSink(StreamExecutionEnvironment environment, Draft draft, Parts parts) {
        this.environment = environment;
        this.draft = draft;
        this.parts = parts;
    }

    /**
     * What a sink of several operators has beside its writer. Settings of the sink are for all of
     * them; those that an operator has of its own are left to it.
     *
     * @param committer the operator that the committables end in
     * @param others those that the sink has put in between and behind
     */
    record Parts(Draft committer, List<Draft> others) {
        Parts {
            others = others.stream().filter(each -> each.parallelism == Draft.UNSET).toList();
        }
    }

    /** For logs, metrics and the job's page. */
    public DataStreamSink<T> name(String name) {
        draft.name = parts == null ? name : name + ": " + SinkTopology.WRITER;
        if (parts != null) {
            parts.committer().name = name + ": " + SinkTopology.COMMITTER;
        }
        return this;
    }

    /** The sink's stable identity, by which its state is found again. */
    public DataStreamSink<T> uid(String uid) {
        draft.uid = uid;
        if (parts != null) {
            parts.committer().uid = uid + "-" + SinkTopology.COMMITTER;
            Map<String, Integer> seen = new HashMap<>();
            for (Draft each : parts.others()) {
                int again = seen.merge(each.name, 1, Integer::sum);
                if (each.uid == null) {
                    each.uid = uid + "-" + each.name + (again == 1 ? "" : "-" + again);
                }
            }
        }
        return this;
    }

    /**
     * Adds a variable {@code <key>} to all metrics of the sink, for reporters that label metrics.
     *
     * @param key without angle brackets
     */
    public DataStreamSink<T> addMetricVariable(String key, String value) {
        draft.addMetricVariable(key, value);
        if (parts != null) {
            parts.committer().addMetricVariable(key, value);
        }
        return this;
    }

    /** A longer text about the sink, shown in the execution plan; its name by default. */
    public DataStreamSink<T> setDescription(String description) {
        draft.description = description;
        return this;
    }

    /**
     * The sink's stable identity in place of the {@link #uid}: see {@link
     * SingleOutputStreamOperator#setUidHash}. Of a sink of several operators it is the writer's.
     *
     * @param uidHash 32 hexadecimal digits
     */
    public DataStreamSink<T> setUidHash(String uidHash) {
        draft.setUidHash(uidHash);
        return this;
    }

    public DataStreamSink<T> setParallelism(int parallelism) {
        draft.setParallelism(parallelism);
        if (parts != null) {
            parts.committer().setParallelism(parallelism);
            parts.others().forEach(each -> each.setParallelism(parallelism));
        }
        return this;
    }

    public DataStreamSink<T> setMaxParallelism(int maxParallelism) {
        draft.setMaxParallelism(maxParallelism);
        if (parts != null) {
            parts.committer().setMaxParallelism(maxParallelism);
            parts.others().forEach(each -> each.setMaxParallelism(maxParallelism));
        }
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
