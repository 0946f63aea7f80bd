package io.millrace.api.aggregator;

import io.millrace.api.type.DoubleValue;

/** Rounds end when their aggregate is 0. Stateless. */
public class DoubleZeroConvergence implements ConvergenceCriterion<DoubleValue> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean isConverged(int iteration, DoubleValue value) {
        return value.getValue() == 0;
    }
}
