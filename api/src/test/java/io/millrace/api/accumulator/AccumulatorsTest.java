package io.millrace.api.accumulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class AccumulatorsTest {
    private record Case<V, R extends Serializable>(
            Accumulator<V, R> accumulator, List<V> values, Object result) {

        /** Split anywhere, added apart and merged, the result is the same. */
        void check() {
            for (int split = 0; split <= values.size(); split++) {
                Accumulator<V, R> left = accumulator.clone();
                Accumulator<V, R> right = accumulator.clone();
                values.subList(0, split).forEach(left::add);
                values.subList(split, values.size()).forEach(right::add);
                Accumulator<V, R> merged = left.clone();
                merged.merge(right);
                assertThat(merged.getLocalValue()).isEqualTo(result);
                merged.resetLocal();
                assertThat(merged.getLocalValue()).isEqualTo(accumulator.getLocalValue());
                values.subList(split, values.size()).forEach(left::add);
                assertThat(left.getLocalValue()).isEqualTo(result);
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> mergesToWhatOneWouldHaveCollected() {
        return Stream.of(
                        new Case<>(new IntCounter(), List.of(1, 2, 3), 6),
                        new Case<>(new LongCounter(), List.of(1L, -2L), -1L),
                        new Case<>(new DoubleCounter(), List.of(0.5, 0.25), 0.75),
                        new Case<>(new IntMaximum(), List.of(-3, -1, -2), -1),
                        new Case<>(new IntMinimum(), List.of(3, 1, 2), 1),
                        new Case<>(new LongMaximum(), List.of(-3L, -1L), -1L),
                        new Case<>(new LongMinimum(), List.of(3L, 1L), 1L),
                        new Case<>(new DoubleMaximum(), List.of(-3.5, -1.5), -1.5),
                        new Case<>(new DoubleMinimum(), List.of(3.5, 1.5), 1.5),
                        new Case<>(new AverageAccumulator(), List.of(1.0, 2.0, 6.0), 3.0),
                        new Case<>(
                                new Histogram(),
                                List.of(5, 7, 5),
                                new java.util.TreeMap<>(java.util.Map.of(5, 2, 7, 1))),
                        new Case<>(new ListAccumulator<>(), List.of("a", "b"), List.of("a", "b")))
                .map(
                        one ->
                                DynamicTest.dynamicTest(
                                        one.accumulator().getClass().getSimpleName(), one::check));
    }

    @Test
    void beginsWithWhatItIsGiven() {
        LongCounter counter = new LongCounter(5);
        counter.add(2L);
        assertThat(counter.getLocalValuePrimitive()).isEqualTo(7);
        assertThat(new IntMaximum(3).getLocalValue()).isEqualTo(3);
    }

    @Test
    void refusesToMergeAnAverageWithAPlainNumber() {
        assertThatThrownBy(() -> new AverageAccumulator().merge(new DoubleCounter()))
                .hasMessageContaining("DoubleCounter");
    }
}
