package io.millrace.api.dataset;

import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.SingleOutputStreamOperator;

/**
 * A data set that is read from somewhere. Not thread-safe.
 *
 * @param <T> records
 */
public class DataSource<T> extends Operator<T, DataSource<T>> {
    DataSource(ExecutionEnvironment env, SingleOutputStreamOperator<T> operator) {
        super(env, operator);
    }

    /**
     * A stream of the environment as a data set.
     *
     * @param stream bounded; what an operator or a source makes
     * @throws IllegalArgumentException if it is none of one operator, as a union
     */
    public static <T> DataSource<T> of(ExecutionEnvironment env, DataStream<T> stream) {
        if (stream instanceof SingleOutputStreamOperator<T> operator) {
            return new DataSource<>(env, operator);
        }
        throw new IllegalArgumentException(
                "A data set is made of what one operator emits. Put a map() behind the "
                        + stream.getClass().getSimpleName()
                        + ".");
    }
}
