package io.millrace.batch;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.Function;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.WindowContents;

/** How records become one value: the program's function. Confined to its operator. */
sealed interface PartitionFold {
    /**
     * @param contents one value
     */
    @SuppressWarnings("unchecked") // the function takes the input's records
    static PartitionFold of(WindowContents contents) {
        if (contents instanceof WindowContents.Reduced reduced) {
            return new Reducing((ReduceFunction<Object>) reduced.function());
        }
        WindowContents.Aggregated aggregated = (WindowContents.Aggregated) contents;
        return new Aggregating((AggregateFunction<Object, Object, Object>) aggregated.function());
    }

    /** The value of one record, which may become a part of it. */
    Object begin(Object record) throws Exception;

    /** The value of what has come and of one more record; both may become parts of it. */
    Object add(Object value, Object record) throws Exception;

    /** What is emitted for a value. */
    Object result(Object value);

    /** Whether {@link #empty} has something. */
    boolean hasEmpty();

    /** The value of no records. */
    Object empty();

    /** Is opened and closed. */
    Function function();

    /** One record. Never calls its function for a partition of one record. */
    record Reducing(ReduceFunction<Object> function) implements PartitionFold {
        @Override
        public Object begin(Object record) {
            return record;
        }

        @Override
        public Object add(Object value, Object record) throws Exception {
            return function.reduce(value, record);
        }

        @Override
        public Object result(Object value) {
            return value;
        }

        @Override
        public boolean hasEmpty() {
            return false;
        }

        @Override
        public Object empty() {
            throw new IllegalStateException("no record, no fold");
        }
    }

    /** An accumulator. Never calls {@code merge}, which many programs do not have. */
    record Aggregating(AggregateFunction<Object, Object, Object> function)
            implements PartitionFold {
        @Override
        public Object begin(Object record) {
            return function.add(record, function.createAccumulator());
        }

        @Override
        public Object add(Object value, Object record) {
            return function.add(record, value);
        }

        @Override
        public Object result(Object value) {
            return function.getResult(value);
        }

        @Override
        public boolean hasEmpty() {
            return true;
        }

        @Override
        public Object empty() {
            return function.createAccumulator();
        }
    }

    /** Folds {@link Partial}s, and records that are their own. */
    record Merging(ReduceFunction<Object> function) implements PartitionFold {
        private static Object foldOf(Object value) {
            return value instanceof Partial partial ? partial.fold : value;
        }

        @Override
        public Object begin(Object value) {
            return foldOf(value);
        }

        /** Never null: that would be no record. */
        @Override
        public Object add(Object value, Object next) throws Exception {
            Object fold = function.reduce(value, foldOf(next));
            if (fold == null) {
                throw new MillraceException(
                        ErrorCode.USER_CODE_FAILED,
                        "the reduce function "
                                + function.getClass().getName()
                                + " returned null. A fold is a record like those that it is made"
                                + " of.");
            }
            return fold;
        }

        @Override
        public Object result(Object value) {
            return value;
        }

        @Override
        public boolean hasEmpty() {
            return false;
        }

        @Override
        public Object empty() {
            throw new IllegalStateException("no record, no fold");
        }
    }
}
