package io.millrace.state.api;

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
}
