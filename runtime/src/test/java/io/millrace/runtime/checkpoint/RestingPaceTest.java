package io.millrace.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.junit.jupiter.api.Test;

class RestingPaceTest {
    private static final long MS = 1_000_000;
    private static final long TIMEOUT_MS = 600_000;

    private final Machine machine = new Machine();
    private boolean hurry;
    private boolean givenUp;

    /** Time passes by work and by rests. */
    private static final class Machine implements RestingPace.Machine {
        private long now;
        private long worked;
        private double idle;

        @Override
        public long nowNanos() {
            return now;
        }

        @Override
        public long workedNanos() {
            return worked;
        }

        @Override
        public double idle() {
            return idle;
        }

        @Override
        public void rest(long nanos) {
            now += nanos;
        }
    }

    private SnapshotPace pace(double share) {
        return RestingPace.begin(share, TIMEOUT_MS, machine, () -> hurry, () -> givenUp);
    }

    /** The part of the time that a thread works which would work for five seconds. */
    private double share(SnapshotPace.Step step) throws IOException {
        long from = machine.now;
        long before = machine.worked;
        while (machine.worked < before + 5_000 * MS) {
            machine.worked += MS / 4;
            machine.now += MS / 4;
            step.worked();
        }
        return (double) (machine.worked - before) / (machine.now - from);
    }

    @Test
    void aThreadTakesItsShareOfABusyMachine() throws IOException {
        assertThat(share(pace(0.25).begin(1))).isBetween(0.24, 0.26);
    }

    @Test
    void severalThreadsTakeItTogether() throws IOException {
        assertThat(share(pace(0.25).begin(2))).isBetween(0.12, 0.13);
    }

    @Test
    void withoutKnowingTheLoadTheMachineCountsAsBusy() throws IOException {
        machine.idle = -1;

        assertThat(share(pace(0.25).begin(1))).isBetween(0.24, 0.26);
    }

    @Test
    void whatLiesIdleIsUsed() throws IOException {
        machine.idle = 1;

        assertThat(share(pace(0.1).begin(1))).isGreaterThan(0.95);
    }

    @Test
    void aLargeShareNeverRests() throws IOException {
        assertThat(share(pace(1).begin(1))).isEqualTo(1);
    }

    /** Rests would make tasks copy more of what they change. */
    @Test
    void nobodyRestsWhileWhatIsFrozenIsHeld() throws IOException {
        assertThat(share(pace(0.1).beginHolding())).isEqualTo(1);

        givenUp = true;
        SnapshotPace.Step step = pace(0.1).beginHolding();
        assertThatThrownBy(step::worked).isInstanceOf(InterruptedIOException.class);
    }

    @Test
    void nobodyRestsWhileOthersWaitForTheThread() throws IOException {
        hurry = true;

        assertThat(share(pace(0.1).begin(1))).isEqualTo(1);
    }

    @Test
    void restsBecomeShortAsTheTimeoutComesNear() throws IOException {
        SnapshotPace.Step step = pace(0.1).begin(1);
        machine.now += TIMEOUT_MS / 2 * MS;

        assertThat(share(step)).isGreaterThan(0.99);
    }

    @Test
    void whatNobodyWantsEndsTheThread() {
        SnapshotPace.Step step = pace(0.1).begin(1);
        givenUp = true;

        assertThatThrownBy(step::worked)
                .isInstanceOf(InterruptedIOException.class)
                .hasMessageContaining("given up");
    }

    @Test
    void theShareFallsBackWhenTheMachineIsBusyAgain() {
        WritingShare policy = new WritingShare(0.1, TIMEOUT_MS);
        double share = policy.next(0.1, 1.5, 2, 0);
        assertThat(share).isEqualTo(0.85);

        for (int i = 0; i < 5; i++) {
            share = policy.next(share, 0.02, 2, 100 * i);
        }

        assertThat(share).isEqualTo(0.1);
    }

    @Test
    void theShareNeverExceedsItsThreads() {
        assertThat(new WritingShare(0.1, TIMEOUT_MS).next(1.9, 8, 2, 0)).isEqualTo(2);
    }
}
