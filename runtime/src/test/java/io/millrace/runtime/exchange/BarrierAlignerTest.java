package io.millrace.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.chunk.ControlEvent.Barrier;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class BarrierAlignerTest {
    private static Barrier barrier(long id) {
        return new Barrier(id, 0, CheckpointKind.FULL);
    }

    private static BitSet first(int channels) {
        BitSet set = new BitSet();
        set.set(0, channels);
        return set;
    }

    @Test
    void aChannelBehindItsBarrierWaitsUntilAllHaveShownIt() {
        BarrierAligner aligner = BarrierAligner.aligned(2);

        aligner.onBarrier(0, barrier(1));

        assertThat(aligner.isBlocked(0)).isTrue();
        assertThat(aligner.isBlocked(1)).isFalse();
        assertThat(aligner.due()).isNull();
        aligner.onBarrier(1, barrier(1));
        assertThat(aligner.due()).isEqualTo(barrier(1));
        aligner.onCut();
        assertThat(aligner.due()).isNull();
        assertThat(aligner.isBlocked(0) || aligner.isBlocked(1)).isFalse();
    }

    @Test
    void theEndOfAChannelCountsAsEveryLaterBarrier() {
        BarrierAligner aligner = BarrierAligner.aligned(2);
        aligner.onEnd(1);

        for (long id = 1; id < 3; id++) {
            aligner.onBarrier(0, barrier(id));
            assertThat(aligner.due().checkpointId()).isEqualTo(id);
            aligner.onCut();
        }
    }

    @Test
    void whenAllChannelsHaveEndedTheTriggerIsTheBarrier() {
        BarrierAligner aligner = BarrierAligner.aligned(1);
        aligner.onTrigger(barrier(1));
        assertThat(aligner.due()).isNull();

        aligner.onEnd(0);

        assertThat(aligner.due()).isEqualTo(barrier(1));
    }

    @Test
    void aTaskWithoutChannelsIsAtTheCutWhenItIsTriggered() {
        BarrierAligner aligner = BarrierAligner.aligned(0);

        aligner.onTrigger(barrier(4));

        assertThat(aligner.due()).isEqualTo(barrier(4));
    }

    @Test
    void anAbortLetsChannelsGoOnAndLateBarriersAreIgnored() {
        BarrierAligner aligner = BarrierAligner.aligned(2);
        aligner.onBarrier(0, barrier(1));
        int releases = aligner.releases();

        aligner.onAbort(1);

        assertThat(aligner.isBlocked(0)).isFalse();
        assertThat(aligner.releases()).isGreaterThan(releases);
        aligner.onBarrier(1, barrier(1));
        assertThat(aligner.isBlocked(1)).isFalse();
        assertThat(aligner.oldest()).isNull();
    }

    @Test
    void aLaterBarrierGivesUpTheOneThatWasSkipped() {
        BarrierAligner aligner = BarrierAligner.aligned(2);
        aligner.onBarrier(0, barrier(1));

        aligner.onBarrier(1, barrier(2));

        assertThat(aligner.isBlocked(0)).isFalse();
        assertThat(aligner.isBlocked(1)).isTrue();
        aligner.onBarrier(0, barrier(2));
        assertThat(aligner.due()).isEqualTo(barrier(2));
    }

    @Test
    void aBarrierThatAnotherChannelHasSkippedHoldsUpNothing() {
        BarrierAligner aligner = BarrierAligner.aligned(2);
        aligner.onBarrier(0, barrier(2));

        aligner.onBarrier(1, barrier(1));

        assertThat(aligner.isBlocked(1)).isFalse();
        aligner.onBarrier(1, barrier(2));
        assertThat(aligner.due()).isEqualTo(barrier(2));
    }

    @Test
    void atLeastOnceNothingWaits() {
        BarrierAligner aligner = new BarrierAligner(2, false, new BitSet());
        aligner.onBarrier(0, barrier(1));
        aligner.onBarrier(0, barrier(2));
        assertThat(aligner.isBlocked(0)).isFalse();

        aligner.onBarrier(1, barrier(1));

        assertThat(aligner.due()).isEqualTo(barrier(1));
        aligner.onCut();
        aligner.onBarrier(1, barrier(2));
        assertThat(aligner.due()).isEqualTo(barrier(2));
    }

    @Test
    void atLeastOnceASkippedBarrierIsNotWaitedFor() {
        BarrierAligner aligner = new BarrierAligner(2, false, new BitSet());
        aligner.onBarrier(0, barrier(1));
        aligner.onBarrier(0, barrier(2));

        aligner.onBarrier(1, barrier(2));

        assertThat(aligner.due()).isEqualTo(barrier(2));
    }

    @Test
    void withoutOvertakingACutWaitsForWhatIsQueued() {
        BarrierAligner aligner = new BarrierAligner(1, true, first(1));
        aligner.onAhead(0, true);
        aligner.onBarrier(0, barrier(1));
        assertThat(aligner.due()).isNull();

        aligner.onAhead(0, false);

        assertThat(aligner.due()).isEqualTo(barrier(1));
        assertThat(aligner.isDueOvertaking()).isFalse();
    }

    @Test
    void overtakingReadsAheadUntilTheBarrierIsShown() {
        BarrierAligner aligner = new BarrierAligner(2, true, first(1));
        aligner.onTrigger(barrier(1));
        assertThat(aligner.isReadAhead(0)).isFalse();

        aligner.overtake(1);

        assertThat(aligner.isReadAhead(0)).isTrue();
        assertThat(aligner.isReadAhead(1)).as("may not be overtaken").isFalse();
        aligner.onAhead(0, true);
        aligner.onBarrier(0, barrier(1));
        assertThat(aligner.isReadAhead(0)).isFalse();
        aligner.onBarrier(1, barrier(1));
        assertThat(aligner.isDueOvertaking()).isTrue();
    }

    @Test
    void forgetsOldAbortsInTheEnd() {
        BarrierAligner aligner = BarrierAligner.aligned(2);
        for (long id = 1; id <= 1000; id++) {
            aligner.onAbort(id);
        }
        assertThat(aligner.toString().length()).isLessThan(500);
        aligner.onBarrier(0, barrier(3));
        assertThat(aligner.oldest()).isNull();
    }
}
