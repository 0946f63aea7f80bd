package io.millrace.api.aggregator;

import io.millrace.api.type.Value;
import java.io.Serializable;

/** Folds values into one. Confined to its user. */
public interface Aggregator<T extends Value> extends Serializable {
    /** What has been folded so far. */
    T getAggregate();

    void aggregate(T element);

    /** As if nothing had been folded. */
    void reset();
}
