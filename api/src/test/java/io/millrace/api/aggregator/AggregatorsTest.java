package io.millrace.api.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.type.DoubleValue;
import io.millrace.api.type.LongValue;
import org.junit.jupiter.api.Test;

class AggregatorsTest {
    @Test
    void addNumbersUntilTheyAreReset() {
        LongSumAggregator whole = new LongSumAggregator();
        whole.aggregate(3);
        whole.aggregate(new LongValue(4));
        assertThat(whole.getAggregate().getValue()).isEqualTo(7);
        whole.reset();
        assertThat(new LongZeroConvergence().isConverged(1, whole.getAggregate())).isTrue();

        DoubleSumAggregator floating = new DoubleSumAggregator();
        floating.aggregate(0.5);
        floating.aggregate(new DoubleValue(0.25));
        assertThat(floating.getAggregate().getValue()).isEqualTo(0.75);
        assertThat(new DoubleZeroConvergence().isConverged(1, floating.getAggregate())).isFalse();
    }
}
