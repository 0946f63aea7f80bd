package io.millrace.state.api.writer;

import io.millrace.api.operator.AbstractStreamOperator;
import io.millrace.api.operator.BoundedOneInput;
import io.millrace.api.operator.OneInputStreamOperator;
import io.millrace.api.operator.StreamRecord;
import io.millrace.api.option.Config;
import io.millrace.api.tuple.Tuple3;
import io.millrace.runtime.checkpoint.Manifest.SubtaskEntry;
import io.millrace.state.api.function.Timestamper;
import io.millrace.state.api.operator.Blueprint;
import io.millrace.state.api.operator.LoneOperator;
import io.millrace.state.api.operator.Place;
import java.util.List;
import java.util.TreeMap;

/**
 * Makes state of records with the operator that a job would have, and writes it at the end of the
 * input. What is in memory meanwhile is the business of the state back end. Confined to its task.
 *
 * @param <T> records
 */
public final class Bootstrap<T> extends AbstractStreamOperator<Tuple3<Integer, Integer, byte[]>>
        implements OneInputStreamOperator<T, Tuple3<Integer, Integer, byte[]>>, BoundedOneInput {
    private static final long serialVersionUID = 1L;

    private final Blueprint blueprint;
    private final Timestamper<T> timestamper; // null: records keep their own time
    private final int number;
    private final int maxParallelism;
    private final TreeMap<String, String> options;
    private final Target target;
    private transient LoneOperator inner;

    /**
     * @param timestamper null if records keep the time that they have
     * @param number of the operator in the new savepoint
     * @param config of the inner operator
     */
    public Bootstrap(
            Blueprint blueprint,
            Timestamper<T> timestamper,
            int number,
            int maxParallelism,
            Config config,
            Target target) {
        this.blueprint = blueprint;
        this.timestamper = timestamper;
        this.number = number;
        this.maxParallelism = maxParallelism;
        this.options = new TreeMap<>(config.toMap());
        this.target = target;
    }

    @Override
    public void open() throws Exception {
        var task = getRuntimeContext().getTaskInfo();
        inner =
                LoneOperator.empty(
                        blueprint,
                        new Place(
                                task.getIndexOfThisSubtask(),
                                task.getNumberOfParallelSubtasks(),
                                maxParallelism,
                                Config.of(options),
                                getUserCodeClassloader()));
    }

    @Override
    public void processElement(StreamRecord<T> element) throws Exception {
        T value = element.getValue();
        if (timestamper != null) {
            inner.push(value, timestamper.timestamp(value));
        } else {
            inner.push(
                    value,
                    element.hasTimestamp() ? element.getTimestamp() : LoneOperator.noTimestamp());
        }
    }

    @Override
    public void endInput() throws Exception {
        int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        inner.endInput();
        try (SubtaskFile file = new SubtaskFile(target)) {
            SubtaskEntry entry =
                    new SubtaskEntry(
                            false, inner.save(target.checkpointId(), file.segments()), List.of());
            output.collect(new StreamRecord<>(file.finish(number, subtask, entry)));
        }
    }

    @Override
    public void close() throws Exception {
        if (inner != null) {
            inner.close();
            inner = null;
        }
    }
}
