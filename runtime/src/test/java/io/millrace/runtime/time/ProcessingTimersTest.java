package io.millrace.runtime.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessingTimersTest {
    private final ProcessingTimers timers = new ProcessingTimers();
    private final List<String> ran = new ArrayList<>();

    @Test
    void makesCallsInOrderOfTimeThenOfRegistration() {
        timers.at(20, () -> ran.add("later"));
        timers.at(10, () -> ran.add("first"));
        timers.at(10, () -> ran.add("second"));
        timers.at(30, () -> ran.add("not yet"));

        assertThat(timers.nextMs()).isEqualTo(10);
        assertThat(timers.runDue(20)).isEqualTo(3);
        assertThat(ran).containsExactly("first", "second", "later");
        assertThat(timers.nextMs()).isEqualTo(30);
    }

    @Test
    void forgetsWhatIsCancelled() {
        timers.at(10, () -> ran.add("cancelled")).cancel();

        assertThat(timers.nextMs()).isEqualTo(Long.MAX_VALUE);
        assertThat(timers.runDue(100)).isZero();
        assertThat(ran).isEmpty();
    }

    @Test
    void comesToAnEndWhenACallAsksForAnotherAtOnce() {
        again();

        assertThat(timers.runDue(100)).isEqualTo(256);
        assertThat(timers.nextMs()).isZero();
    }

    private void again() {
        timers.at(0, this::again);
    }
}
