package io.millrace.api.source.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.source.NumberSequenceSource.NumberSequenceSplit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PacedRateLimiterTest {
    private final AtomicLong nowNanos = new AtomicLong(Long.MAX_VALUE - 5);

    @Test
    void permitsTheFirstRecordAtOnce() {
        assertThat(limiter(10).take(5)).isEqualTo(1);
    }

    @Test
    void permitsAsManyAsTheRateTimesTheTime() {
        PacedRateLimiter<NumberSequenceSplit> limiter = limiter(100);
        long permitted = 0;
        for (int i = 0; i < 1_000; i++) {
            permitted += limiter.take(1_000);
            nowNanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(7));
        }
        assertThat(permitted).isBetween(699L, 701L);
    }

    @Test
    void makesUpForOneSecondAfterAPauseAndNotForMore() {
        PacedRateLimiter<NumberSequenceSplit> limiter = limiter(100);
        limiter.take(1);
        nowNanos.addAndGet(TimeUnit.HOURS.toNanos(1));
        assertThat(limiter.take(1_000_000)).isEqualTo(100);
        assertThat(limiter.take(1)).isZero();
    }

    @Test
    void aRateBelowOneASecondPermitsOneAfterAnother() {
        PacedRateLimiter<NumberSequenceSplit> limiter = limiter(0.5);
        assertThat(limiter.take(1)).isEqualTo(1);
        assertThat(limiter.take(1)).isZero();
        assertThat(limiter.nanosToPermit()).isEqualTo(TimeUnit.SECONDS.toNanos(2));
        nowNanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
        assertThat(limiter.take(2)).isEqualTo(1);
    }

    @Test
    void acquiringMoreThanThereIsLeavesADebt() {
        PacedRateLimiter<NumberSequenceSplit> limiter = limiter(1);
        assertThat(limiter.acquire(3_600).toCompletableFuture()).isNotDone();
        nowNanos.addAndGet(TimeUnit.SECONDS.toNanos(3_599));
        assertThat(limiter.take(1)).isZero();
        nowNanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(limiter.take(2)).isEqualTo(1);
    }

    @Test
    void aRateThatIsNoneIsRefused() {
        assertThatThrownBy(() -> RateLimiterStrategy.perSecond(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not 0.0");
        assertThatThrownBy(() -> RateLimiterStrategy.perSecond(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private PacedRateLimiter<NumberSequenceSplit> limiter(double perSecond) {
        return new PacedRateLimiter<>(perSecond, nowNanos::get);
    }
}
