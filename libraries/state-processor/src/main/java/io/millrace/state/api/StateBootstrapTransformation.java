package io.millrace.state.api;

import io.millrace.api.function.KeySelector;
import io.millrace.api.option.Config;
import io.millrace.api.stream.DataStream;
import io.millrace.api.tuple.Tuple3;
import io.millrace.state.api.function.Timestamper;
import io.millrace.state.api.operator.Blueprint;
import io.millrace.state.api.writer.Bootstrap;
import io.millrace.state.api.writer.Commit;
import io.millrace.state.api.writer.KeyGroupPartitioner;
import io.millrace.state.api.writer.Target;
import java.util.function.Function;

/**
 * How the state of one operator is made. Given to {@link SavepointWriter#withOperator}. Immutable.
 *
 * @param <T> records
 */
public class StateBootstrapTransformation<T> {
    private final DataStream<T> stream;
    private final String name;
    private final Function<Target, Blueprint> operator;
    private final KeySelector<T, ?> keySelector; // null if there are no keys
    private final Timestamper<T> timestamper;
    private final int maxParallelism; // 0: that of the savepoint
    private final boolean single;

    /**
     * @param single whether one task makes all of it
     */
    StateBootstrapTransformation(
            DataStream<T> stream,
            Blueprint blueprint,
            KeySelector<T, ?> keySelector,
            Timestamper<T> timestamper,
            int maxParallelism,
            boolean single) {
        this(
                stream,
                blueprint.name(),
                target -> blueprint,
                keySelector,
                timestamper,
                maxParallelism,
                single);
    }

    /**
     * @param operator gives it where the savepoint goes
     * @param single whether one task makes all of it
     */
    StateBootstrapTransformation(
            DataStream<T> stream,
            String name,
            Function<Target, Blueprint> operator,
            KeySelector<T, ?> keySelector,
            Timestamper<T> timestamper,
            int maxParallelism,
            boolean single) {
        this.stream = stream;
        this.name = name;
        this.operator = operator;
        this.keySelector = keySelector;
        this.timestamper = timestamper;
        this.maxParallelism = maxParallelism;
        this.single = single;
    }

    DataStream<T> stream() {
        return stream;
    }

    String name() {
        return name;
    }

    /** The number of key groups, where the savepoint's operators have so many. */
    int maxParallelism(int ofSavepoint) {
        return maxParallelism == 0 ? ofSavepoint : maxParallelism;
    }

    /** How many tasks make it. */
    int parallelism(int ofSavepoint) {
        return single ? 1 : Math.min(stream.getParallelism(), maxParallelism(ofSavepoint));
    }

    /**
     * Adds the tasks that write it.
     *
     * @param number of the operator in the new savepoint
     */
    DataStream<Tuple3<Integer, Integer, byte[]>> write(
            String id, int number, int ofSavepoint, Config config, Target target) {
        int groups = maxParallelism(ofSavepoint);
        return dealt(groups)
                .transform(
                        "Write " + id,
                        Commit.WRITTEN,
                        new Bootstrap<>(
                                operator.apply(target).withId(id),
                                timestamper,
                                number,
                                groups,
                                config,
                                target))
                .setParallelism(parallelism(ofSavepoint));
    }

    private DataStream<T> dealt(int groups) {
        if (single) {
            return stream.global();
        }
        return keySelector == null ? stream.rebalance() : byKeyGroup(keySelector, groups);
    }

    private <K> DataStream<T> byKeyGroup(KeySelector<T, K> selector, int groups) {
        return stream.partitionCustom(new KeyGroupPartitioner<K>(groups), selector);
    }
}
