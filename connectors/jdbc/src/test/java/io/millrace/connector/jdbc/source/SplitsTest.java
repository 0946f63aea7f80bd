package io.millrace.connector.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connector.jdbc.split.CompositeJdbcParameterValuesProvider;
import io.millrace.connector.jdbc.split.JdbcGenericParameterValuesProvider;
import io.millrace.connector.jdbc.split.JdbcNumericBetweenParametersProvider;
import java.io.Serializable;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitsTest {
    @ParameterizedTest
    @CsvSource({"0,9,3", "0,9,10", "0,9,99", "-5,5,4", "7,7,1"})
    void rangesCoverEachNumberOnceAndAreNearlyEqual(long min, long max, int count) {
        Serializable[][] ranges =
                new JdbcNumericBetweenParametersProvider(min, max)
                        .ofBatchNum(count)
                        .getParameterValues();
        long next = min;
        LongStream.Builder lengths = LongStream.builder();
        for (Serializable[] range : ranges) {
            assertThat(range[0]).isEqualTo(next);
            next = (Long) range[1] + 1;
            lengths.add(next - (Long) range[0]);
        }
        assertThat(next).isEqualTo(max + 1);
        var summary = lengths.build().summaryStatistics();
        assertThat(summary.getMax() - summary.getMin()).isLessThanOrEqualTo(1);
        assertThat(ranges.length).isEqualTo((int) Math.min(count, max - min + 1));
    }

    @Test
    void rangesAreNotLongerThanAskedFor() {
        assertThat(new JdbcNumericBetweenParametersProvider(4, 0, 9).getParameterValues())
                .isDeepEqualTo(new Serializable[][] {{0L, 3L}, {4L, 6L}, {7L, 9L}});
    }

    @Test
    void rangesThatCannotBeCutAreRefusedWithTheNumbers() {
        assertThatThrownBy(() -> new JdbcNumericBetweenParametersProvider(2, 1))
                .hasMessageContaining("2")
                .hasMessageContaining("1");
        assertThatThrownBy(
                        () ->
                                new JdbcNumericBetweenParametersProvider(
                                                Long.MIN_VALUE, Long.MAX_VALUE)
                                        .ofBatchNum(3))
                .hasMessageContaining("more numbers than can be counted");
        assertThatThrownBy(() -> new JdbcNumericBetweenParametersProvider(1, 0, Long.MAX_VALUE - 1))
                .hasMessageContaining("Make them longer");
        assertThatThrownBy(
                        () -> new JdbcNumericBetweenParametersProvider(0, 1).getParameterValues())
                .hasMessageContaining("ofBatchNum");
    }

    @Test
    void twoProvidersStandSideBySide() {
        JdbcGenericParameterValuesProvider letters =
                new JdbcGenericParameterValuesProvider(new Serializable[][] {{"a"}, {"b"}});
        assertThat(
                        new CompositeJdbcParameterValuesProvider(
                                        letters,
                                        new JdbcNumericBetweenParametersProvider(0, 3)
                                                .ofBatchNum(2))
                                .getParameterValues())
                .isDeepEqualTo(new Serializable[][] {{"a", 0L, 1L}, {"b", 2L, 3L}});
        assertThatThrownBy(
                        () ->
                                new CompositeJdbcParameterValuesProvider(
                                                letters,
                                                new JdbcNumericBetweenParametersProvider(0, 3)
                                                        .ofBatchNum(3))
                                        .getParameterValues())
                .hasMessageContaining("first has 2 and the second 3");
    }
}
