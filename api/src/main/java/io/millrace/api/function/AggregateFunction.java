package io.millrace.api.function;

import java.io.Serializable;

/**
 * Folds values into an accumulator, step by step, and makes the result of it. It may be called for
 * many accumulators in turn, so it keeps nothing of them in itself.
 *
 * @param <IN> values in
 * @param <ACC> the accumulator; {@code add} and {@code merge} may change and return the one given
 * @param <OUT> results
 */
public interface AggregateFunction<IN, ACC, OUT> extends Function, Serializable {
    /** An empty accumulator. */
    ACC createAccumulator();

    /** The accumulator with {@code value} in it. */
    ACC add(IN value, ACC accumulator);

    OUT getResult(ACC accumulator);

    /** One accumulator of both; neither is used afterwards. */
    ACC merge(ACC a, ACC b);
}
