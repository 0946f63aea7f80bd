package io.millrace.runtime.operator.window;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.WindowContents;
import io.millrace.runtime.operator.OperatorContext;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.serde.Serializer;

/**
 * How records become one value: the user's reduce or aggregate function. Values are handed over, so
 * the functions may change them. Confined to the task.
 */
final class Fold {
    private final ReduceFunction<Object> reduce; // null if it aggregates
    private final AggregateFunction<Object, Object, Object> aggregate;
    private final Serializer<Object> values;
    private final Serializer<Object> copier; // of records that are kept; null if none is needed

    @SuppressWarnings("unchecked") // the functions take the input's records
    Fold(WindowContents contents, OperatorContext context, JobSerializers serializers) {
        if (contents instanceof WindowContents.Reduced reduced) {
            this.reduce = (ReduceFunction<Object>) reduced.function();
            this.aggregate = null;
            this.values = context.inputSerializer();
            this.copier = context.inputCopier();
        } else {
            WindowContents.Aggregated aggregated = (WindowContents.Aggregated) contents;
            this.reduce = null;
            this.aggregate = (AggregateFunction<Object, Object, Object>) aggregated.function();
            this.values = serializers.of(aggregated.accumulators());
            this.copier = null;
        }
    }

    /** Null if it aggregates. */
    ReduceFunction<Object> reduce() {
        return reduce;
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
        return shared && copier != null ? copier.copy(record) : record;
    }

    Object add(Object value, Object record) throws Exception {
        return aggregate != null ? aggregate.add(record, value) : reduce.reduce(value, record);
    }

    Object merge(Object earlier, Object later) throws Exception {
        return aggregate != null ? aggregate.merge(earlier, later) : reduce.reduce(earlier, later);
    }

    Object result(Object value) {
        return aggregate != null ? aggregate.getResult(value) : value;
    }
}
