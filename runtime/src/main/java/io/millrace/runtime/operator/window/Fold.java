package io.millrace.runtime.operator.window;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.RunningFold;
import io.millrace.api.graph.WindowContents;
import io.millrace.runtime.operator.FoldSerializer;
import io.millrace.runtime.operator.OperatorContext;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.serde.Serializer;

/**
 * How records become one value: the user's reduce or aggregate function. Values are handed over, so
 * the functions may change them. Confined to the task.
 */
final class Fold {
    private final ReduceFunction<Object> reduce; // null if it aggregates
    private final RunningFold<Object> running; // null if it is no such function
    private final AggregateFunction<Object, Object, Object> aggregate;
    private final Serializer<Object> values;
    private final Serializer<Object> copier; // of records that are kept; null if none is needed

    private Fold(
            ReduceFunction<Object> reduce,
            AggregateFunction<Object, Object, Object> aggregate,
            Serializer<Object> values,
            Serializer<Object> copier) {
        this.reduce = reduce;
        this.running = reduce instanceof RunningFold<?> ? (RunningFold<Object>) reduce : null;
        this.aggregate = aggregate;
        this.values = running == null ? values : new FoldSerializer(running, values);
        this.copier = copier;
    }

    static Fold of(WindowContents contents, OperatorContext context, JobSerializers serializers) {
        if (contents instanceof WindowContents.Reduced reduced) {
            return of(reduced.function(), context.inputSerializer(), context.inputCopier());
        }
        WindowContents.Aggregated aggregated = (WindowContents.Aggregated) contents;
        return of(aggregated.function(), serializers.of(aggregated.accumulators()));
    }

    /**
     * @param copier of records that are kept; null if none is needed
     */
    @SuppressWarnings("unchecked") // the function takes the input's records
    static Fold of(
            ReduceFunction<?> function, Serializer<Object> records, Serializer<Object> copier) {
        return new Fold((ReduceFunction<Object>) function, null, records, copier);
    }

    @SuppressWarnings("unchecked") // the function takes the input's records
    static Fold of(AggregateFunction<?, ?, ?> function, Serializer<Object> accumulators) {
        return new Fold(
                null, (AggregateFunction<Object, Object, Object>) function, accumulators, null);
    }

    /** Null if it aggregates, or reduces in place. */
    ReduceFunction<Object> reduce() {
        return running == null ? reduce : null;
    }

    /** Whether it is one of the API's own, which changes its values in place. */
    boolean inPlace() {
        return running != null;
    }

    /** Null if it reduces. */
    AggregateFunction<Object, Object, Object> aggregate() {
        return aggregate;
    }

    /** Of what is kept. */
    Serializer<Object> values() {
        return values;
    }

    /**
     * @param shared whether others are given the same record
     */
    Object begin(Object record, boolean shared) {
        if (aggregate != null) {
            return aggregate.add(record, aggregate.createAccumulator());
        }
        Object own = shared && copier != null ? copier.copy(record) : record;
        return running == null ? own : running.begin(own);
    }

    Object add(Object value, Object record) throws Exception {
        if (running != null) {
            running.add(value, record);
            return value;
        }
        return aggregate != null ? aggregate.add(record, value) : reduce.reduce(value, record);
    }

    Object merge(Object earlier, Object later) throws Exception {
        if (running != null) {
            running.add(earlier, result(later));
            return earlier;
        }
        return aggregate != null ? aggregate.merge(earlier, later) : reduce.reduce(earlier, later);
    }

    Object result(Object value) {
        if (running != null) {
            Object base = running.base(value);
            return copier == null
                    ? running.result(value, base, false)
                    : running.result(value, copier.copy(base), true);
        }
        return aggregate != null ? aggregate.getResult(value) : value;
    }
}
