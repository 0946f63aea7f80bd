package io.millrace.api.aggregator;

import io.millrace.api.type.LongValue;

/** The sum of whole numbers. Confined to its user. */
public class LongSumAggregator implements Aggregator<LongValue> {
    private static final long serialVersionUID = 1L;

    private long sum;

    @Override
    public LongValue getAggregate() {
        return new LongValue(sum);
    }

    @Override
    public void aggregate(LongValue element) {
        sum += element.getValue();
    }

    public void aggregate(long element) {
        sum += element;
    }

    @Override
    public void reset() {
        sum = 0;
    }
}
