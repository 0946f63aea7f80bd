package io.millrace.state.api;

import io.millrace.api.dataset.DataSet;
import io.millrace.api.stream.DataStream;
import java.util.Objects;

/** Where the making of an operator's state begins. */
public final class OperatorTransformation {
    private OperatorTransformation() {}

    /**
     * State of the records of a stream.
     *
     * @param stream bounded
     */
    public static <T> OneInputStateTransformation<T> bootstrapWith(DataStream<T> stream) {
        return new OneInputStateTransformation<>(Objects.requireNonNull(stream, "stream"));
    }

    /**
     * The same; a savepoint has one checkpoint id, which {@link SavepointWriter} says.
     *
     * @param checkpointId not used
     */
    public static <T> OneInputStateTransformation<T> bootstrapWith(
            DataStream<T> stream, long checkpointId) {
        return bootstrapWith(stream);
    }

    /**
     * State of the records of a data set.
     *
     * @deprecated give a stream
     */
    @Deprecated
    public static <T> OneInputOperatorTransformation<T> bootstrapWith(DataSet<T> dataSet) {
        return new OneInputOperatorTransformation<>(bootstrapWith(dataSet.stream()));
    }
}
