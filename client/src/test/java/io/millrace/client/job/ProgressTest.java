package io.millrace.client.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final long MIB = 1 << 20;

    private final AtomicLong nanos = new AtomicLong(1);
    private final StringWriter told = new StringWriter();

    private Progress progress(long totalBytes) {
        return new Progress(new PrintWriter(told), "Read", totalBytes, nanos::get);
    }

    private void passes(long seconds) {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void whatIsDoneAtOnceIsNotTalkedAbout() {
        Progress progress = progress(10 * MIB);
        passes(4);
        progress.add(10 * MIB);

        assertThat(told.toString()).isEmpty();
    }

    @Test
    void aLineNowAndThenHasTheShareAndTheSpeed() {
        Progress progress = progress(100 * MIB);
        for (int second = 1; second <= 11; second++) {
            passes(1);
            progress.add(5 * MIB);
        }

        assertThat(told.toString().lines())
                .containsExactly(
                        "Read 25.0 MiB of 100.0 MiB, 25 % (5.0 MiB/s)",
                        "Read 50.0 MiB of 100.0 MiB, 50 % (5.0 MiB/s)");
    }

    @Test
    void withoutATotalAndBeyondItThereIsNoShare() {
        Progress unknown = progress(0);
        Progress twice = progress(5 * MIB);
        passes(5);
        unknown.add(10 * MIB);
        twice.add(10 * MIB);

        assertThat(told.toString().lines())
                .containsExactly("Read 10.0 MiB (2.0 MiB/s)", "Read 10.0 MiB (2.0 MiB/s)");
    }
}
