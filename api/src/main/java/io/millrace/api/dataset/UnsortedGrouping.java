package io.millrace.api.dataset;

import io.millrace.api.function.GroupReduceFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.stream.KeyedStream;
import io.millrace.api.type.TypeInformation;

/**
 * The groups of records that have the same key. Not thread-safe.
 *
 * @param <T> records
 */
public class UnsortedGrouping<T> {
    private final ExecutionEnvironment env;
    private final KeyedStream<T, ?> keyed;
    private final TypeInformation<T> type; // null if erased

    UnsortedGrouping(ExecutionEnvironment env, KeyedStream<T, ?> keyed, TypeInformation<T> type) {
        this.env = env;
        this.keyed = keyed;
        this.type = type;
    }

    /** Folds each group into one record. */
    public ReduceOperator<T> reduce(ReduceFunction<T> reducer) {
        return new ReduceOperator<>(env, keyed.reduce(reducer));
    }

    /** Calls the function once for each group, with all of its records. */
    public <R> GroupReduceOperator<T, R> reduceGroup(GroupReduceFunction<T, R> reducer) {
        return new GroupReduceOperator<>(
                env, Grouping.reduceGroups(keyed.fullWindowPartition(), reducer, type));
    }

    /** So many records of each group, any of them. */
    public GroupReduceOperator<T, T> first(int n) {
        return reduceGroup(new Grouping.First<>(n));
    }

    /**
     * A record for each group with the sum of a field; fields that are neither this one nor of the
     * key are those of one of the records.
     *
     * @param field of a tuple, from 0
     */
    public AggregateOperator<T> sum(int field) {
        return new AggregateOperator<>(env, keyed.sum(field));
    }

    /** The same with the least value of the field. */
    public AggregateOperator<T> min(int field) {
        return new AggregateOperator<>(env, keyed.min(field));
    }

    /** The same with the greatest value of the field. */
    public AggregateOperator<T> max(int field) {
        return new AggregateOperator<>(env, keyed.max(field));
    }
}
