package io.millrace.api.aggregator;

import io.millrace.api.type.DoubleValue;

/** The sum of floating numbers. Confined to its user. */
public class DoubleSumAggregator implements Aggregator<DoubleValue> {
    private static final long serialVersionUID = 1L;

    private double sum;

    @Override
    public DoubleValue getAggregate() {
        return new DoubleValue(sum);
    }

    @Override
    public void aggregate(DoubleValue element) {
        sum += element.getValue();
    }

    public void aggregate(double element) {
        sum += element;
    }

    @Override
    public void reset() {
        sum = 0;
    }
}
