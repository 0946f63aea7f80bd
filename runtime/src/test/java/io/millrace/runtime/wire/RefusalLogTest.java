package io.millrace.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.wire.HandshakeRefused.Reason;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RefusalLogTest {
    private final AtomicLong nowNanos = new AtomicLong();
    private final RefusalLog log = new RefusalLog(nowNanos::get);

    @Test
    void logsOncePerHostAndReasonInAMinute() {
        assertThat(log.refused("CONTROL", "10.0.0.1", Reason.PROOF, "x")).isTrue();
        assertThat(log.refused("CONTROL", "10.0.0.1", Reason.PROOF, "x")).isFalse();
        assertThat(log.refused("CONTROL", "10.0.0.1", Reason.TIMED_OUT, "x")).isTrue();
        assertThat(log.refused("CONTROL", "10.0.0.2", Reason.PROOF, "x")).isTrue();

        nowNanos.addAndGet(TimeUnit.SECONDS.toNanos(61));

        assertThat(log.refused("CONTROL", "10.0.0.1", Reason.PROOF, "x")).isTrue();
    }

    @Test
    void staysSmallWhenManyHostsKnock() {
        for (int host = 0; host < 10_000; host++) {
            log.refused("CONTROL", "10.0.0." + host, Reason.PROOF, "x");
        }
        // The first ones are forgotten, so they would be logged again; the last ones are not.
        assertThat(log.refused("CONTROL", "10.0.0.9999", Reason.PROOF, "x")).isFalse();
        assertThat(log.refused("CONTROL", "10.0.0.1", Reason.PROOF, "x")).isTrue();
    }
}
