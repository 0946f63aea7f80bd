package io.millrace.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.async.AsyncFunction;
import io.millrace.api.async.AsyncRetryStrategies;
import io.millrace.api.async.AsyncRetryStrategy;
import io.millrace.api.async.ResultFuture;
import io.millrace.api.async.RetryPredicates;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.type.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsyncOperatorTest {
    private static final AsyncFunction<Long, Long> TWICE =
            (number, future) -> future.complete(List.of(number, number));

    private static OperatorHarness harness(
            AsyncFunction<?, ?> function,
            boolean ordered,
            int capacity,
            long timeoutMs,
            AsyncRetryStrategy<?> retry) {
        return OperatorHarness.of(
                new OperatorSpec.AsyncSpec(function, ordered, capacity, timeoutMs, retry),
                Types.LONG,
                Types.LONG);
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "true, 100", "false, 1", "false, 100"})
    void emitsAllResultsOfAllRecords(boolean ordered, int capacity) {
        List<Long> numbers = LongStream.range(0, 600).boxed().toList();

        List<Object> emitted = harness(TWICE, ordered, capacity, 1000, null).run(numbers);

        assertThat(emitted)
                .isEqualTo(numbers.stream().flatMap(n -> LongStream.of(n, n).boxed()).toList());
    }

    /** Even numbers have their results at once, odd ones when their time is over. */
    private static final class Slow implements AsyncFunction<Long, Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public void asyncInvoke(Long input, ResultFuture<Long> resultFuture) {
            if (input % 2 == 0) {
                resultFuture.complete(List.of(input));
            }
        }

        @Override
        public void timeout(Long input, ResultFuture<Long> resultFuture) {
            resultFuture.complete(List.of(-input));
        }
    }

    private static Script numbersAndAWatermark() {
        return Script.of(1L, 2L, 3L, 4L).watermark(7).record(6L).passMs(100).passMs(1);
    }

    @Test
    void keepsTheOrderOfTheRecords() {
        Played played = harness(new Slow(), true, 100, 100, null).play(numbersAndAWatermark());

        assertThat(played.records()).containsExactly(-1L, 2L, -3L, 4L, 6L);
    }

    @Test
    void withoutAnOrderNothingOvertakesAWatermark() {
        Played played = harness(new Slow(), false, 100, 100, null).play(numbersAndAWatermark());

        assertThat(played.records()).containsExactly(2L, 4L, -1L, -3L, 6L);
        assertThat(played.watermarksMs()).containsExactly(7L);
    }

    @Test
    void readsNoMoreWhileItsCapacityIsUsed() {
        Played played =
                harness(new Slow(), false, 2, 100, null)
                        .play(Script.of(1L, 3L, 2L).passMs(101).record(4L));

        assertThat(played.records()).containsExactly(-1L, -3L, 2L, 4L);
    }

    @Test
    void failsWhenTimeIsOverAndTheFunctionDoesNotCare() {
        AsyncFunction<Long, Long> never = (number, future) -> {};

        assertThatThrownBy(() -> harness(never, true, 10, 50, null).play(Script.of(1L).passMs(51)))
                .hasMessageContaining("tested")
                .hasMessageContaining("TimeoutException");
    }

    @Test
    void namesTheOperatorWhoseFutureFailed() {
        AsyncFunction<Long, Long> fails =
                (number, future) ->
                        future.completeExceptionally(new IllegalStateException("no " + number));

        assertThatThrownBy(() -> harness(fails, true, 10, 0, null).run(List.of(5L)))
                .hasMessageContaining("tested")
                .hasMessageContaining("no 5");
    }

    @Test
    void refusesNullResults() {
        AsyncFunction<Long, Long> nothing =
                (number, future) -> future.complete((java.util.Collection<Long>) null);

        assertThatThrownBy(() -> harness(nothing, true, 10, 0, null).run(List.of(5L)))
                .hasMessageContaining("empty collection");
    }

    /** Succeeds with the third attempt at a number. */
    private static final class ThirdTime implements AsyncFunction<Long, Long> {
        private static final long serialVersionUID = 1L;
        private final Map<Long, Integer> attempts = new HashMap<>();

        @Override
        public void asyncInvoke(Long input, ResultFuture<Long> resultFuture) {
            int attempt = attempts.merge(input, 1, Integer::sum);
            if (attempt == 1) {
                resultFuture.complete(List.of());
            } else if (attempt == 2) {
                resultFuture.completeExceptionally(new IllegalStateException("second attempt"));
            } else {
                resultFuture.complete(List.of(input));
            }
        }
    }

    @SuppressWarnings("unchecked") // the predicate takes any records
    private static AsyncRetryStrategies.FixedDelayRetryStrategyBuilder<Long> attempts(int most) {
        return new AsyncRetryStrategies.FixedDelayRetryStrategyBuilder<Long>(most, 10)
                .ifResult(RetryPredicates.EMPTY_RESULT_PREDICATE)
                .ifException(RetryPredicates.HAS_EXCEPTION_PREDICATE);
    }

    @Test
    void triesAgainAfterAPause() {
        Played played =
                harness(new ThirdTime(), true, 10, 1000, attempts(3).build())
                        .play(Script.of(1L).passMs(10).passMs(1).record(2L).passMs(11).passMs(11));

        assertThat(played.records()).containsExactly(1L, 2L);
    }

    @Test
    void givesUpAfterTheLastAttempt() {
        assertThatThrownBy(
                        () ->
                                harness(new ThirdTime(), true, 10, 1000, attempts(2).build())
                                        .play(Script.of(1L).passMs(11)))
                .hasMessageContaining("second attempt");
    }
}
