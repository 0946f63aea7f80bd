package io.millrace.api.dataset;

import io.millrace.api.stream.DataStream;

/**
 * The records of two data sets. Not thread-safe.
 *
 * @param <T> records
 */
public class UnionOperator<T> extends DataSet<T> {
    UnionOperator(ExecutionEnvironment env, DataStream<T> stream) {
        super(env, stream);
    }
}
