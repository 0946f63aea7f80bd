package io.millrace.api.aggregator;

import io.millrace.api.type.LongValue;

/** Rounds end when their aggregate is 0. Stateless. */
public class LongZeroConvergence implements ConvergenceCriterion<LongValue> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean isConverged(int iteration, LongValue value) {
        return value.getValue() == 0;
    }
}
