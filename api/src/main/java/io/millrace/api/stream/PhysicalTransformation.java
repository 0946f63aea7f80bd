package io.millrace.api.stream;

import io.millrace.api.operator.ChainingStrategy;

/** A transformation that is an operator. Not thread-safe. */
public abstract class PhysicalTransformation<T> extends Transformation<T> {
    PhysicalTransformation(Draft draft) {
        super(draft);
    }

    /** Whether the operator runs in one task with those before and behind it. */
    public void setChainingStrategy(ChainingStrategy strategy) {
        draft().chaining = OwnOperators.chainingOf(strategy);
    }
}
