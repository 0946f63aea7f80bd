package io.millrace.api.dataset;

import io.millrace.api.stream.DataStream;

/**
 * The same records, dealt anew among the subtasks of the next operator. Not thread-safe.
 *
 * @param <T> records
 */
public class PartitionOperator<T> extends DataSet<T> {
    PartitionOperator(ExecutionEnvironment env, DataStream<T> stream) {
        super(env, stream);
    }
}
