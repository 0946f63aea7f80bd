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
    void makesTheCallsOfAPlaceAndThoseBehindItAlone() {
        timers.of(0).at(10, () -> ran.add("before"));
        timers.of(1).at(20, () -> ran.add("own"));
        timers.of(2).at(15, () -> ran.add("behind"));
        timers.of(2).at(30, () -> ran.add("not yet"));

        assertThat(timers.of(1).isDue(14)).isFalse();
        assertThat(timers.of(1).isDue(15)).isTrue();
        assertThat(timers.of(1).runOwnDue(20)).isEqualTo(2);
        assertThat(ran).containsExactly("behind", "own");
        assertThat(timers.runDue(30)).isEqualTo(2);
        assertThat(ran).endsWith("before", "not yet");
    }

    @Test
    void aCallMayCancelAnotherThatIsDue() {
        ProcessingTimers.Call second = timers.at(11, () -> ran.add("cancelled"));
        timers.at(10, second::cancel);

        assertThat(timers.runOwnDue(20)).isEqualTo(1);
        assertThat(ran).isEmpty();
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
