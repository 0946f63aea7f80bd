package io.millrace.testutils.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.sink.CommittableMessage;
import io.millrace.api.sink.CommittableSummary;
import io.millrace.api.sink.CommittableWithLineage;
import io.millrace.api.sink.CommitterOperator;
import io.millrace.testutils.operator.OneInputStreamOperatorTestHarness;
import io.millrace.testutils.operator.OperatorSubtaskState;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Notices of checkpoints that are lost, doubled, or come in another order; and crashes. */
class CommitterOperatorTest {
    private static final class Harness
            extends OneInputStreamOperatorTestHarness<
                    CommittableMessage<String>, CommittableMessage<String>> {
        Harness() throws Exception {
            super(new CommitterOperator<>(new Ledger()));
        }

        String stage(long checkpointId, Long... numbers) throws Exception {
            String page = Ledger.stage(numbers);
            processElement(new CommittableWithLineage<>(page, checkpointId, 3));
            return page;
        }
    }

    @BeforeEach
    void forget() {
        Ledger.clear();
    }

    private static Harness opened(OperatorSubtaskState from) throws Exception {
        Harness harness = new Harness();
        harness.setup();
        if (from != null) {
            harness.initializeState(from);
        }
        harness.open();
        return harness;
    }

    @Test
    void nothingIsCommittedBeforeItsCheckpointIsComplete() throws Exception {
        try (Harness harness = opened(null)) {
            String page = harness.stage(1, 10L);
            harness.stage(2, 20L);
            harness.snapshot(1, 0);
            assertThat(Ledger.visible()).isEmpty();
            assertThat(harness.extractOutputValues()).isEmpty();

            harness.notifyOfCompletedCheckpoint(1);

            assertThat(Ledger.visible()).containsExactly(10L);
            assertThat(harness.extractOutputValues())
                    .containsExactly(
                            new CommittableSummary<>(0, 1, 1, 1, 0),
                            new CommittableWithLineage<>(page, 1, 0));
        }
    }

    @Test
    void aNoticeThatIsLostIsMadeUpForByALaterOne() throws Exception {
        try (Harness harness = opened(null)) {
            harness.stage(1, 10L);
            harness.snapshot(1, 0);
            harness.stage(2, 20L);
            harness.snapshot(2, 0);
            harness.notifyOfCompletedCheckpoint(2);
            assertThat(Ledger.visible()).containsExactly(10L, 20L);

            harness.notifyOfCompletedCheckpoint(1);
            harness.notifyOfCompletedCheckpoint(2);
            harness.notifyOfCompletedCheckpoint(2);

            assertThat(harness.extractOutputValues()).hasSize(4);
        }
    }

    @Test
    void whatComesBehindTheBarrierOfItsCheckpointGoesByTheOneThatItCarries() throws Exception {
        try (Harness harness = opened(null)) {
            harness.snapshot(1, 0);
            harness.stage(1, 10L);
            harness.stage(2, 20L);
            harness.notifyOfCompletedCheckpoint(1);
            assertThat(Ledger.visible()).containsExactly(10L);
        }
    }

    @Test
    void whatTheEndHasLeftWaitsForTheCheckpointThatHasIt() throws Exception {
        try (Harness harness = opened(null)) {
            harness.snapshot(1, 0);
            harness.stage(Long.MAX_VALUE, 10L);
            harness.notifyOfCompletedCheckpoint(1);
            assertThat(Ledger.visible()).isEmpty();
            harness.snapshot(2, 0);
            harness.stage(Long.MAX_VALUE, 20L);
            harness.notifyOfCompletedCheckpoint(2);
            assertThat(Ledger.visible()).containsExactly(10L);
        }
    }

    @Test
    void aCrashBeforeTheCommitCommitsFirstOfAllAndTellsOfIt() throws Exception {
        OperatorSubtaskState saved;
        String page;
        try (Harness harness = opened(null)) {
            page = harness.stage(1, 10L);
            saved = harness.snapshot(1, 0);
            harness.stage(2, 20L);
        }
        try (Harness harness = opened(saved)) {
            assertThat(Ledger.visible()).containsExactly(10L);
            harness.setProcessingTime(harness.getProcessingTime() + 1);
            assertThat(harness.extractOutputValues())
                    .containsExactly(
                            new CommittableSummary<>(0, 1, 1, 1, 0),
                            new CommittableWithLineage<>(page, 1, 0));
        }
    }

    @Test
    void aCrashBehindTheCommitTellsOfItAgain() throws Exception {
        OperatorSubtaskState saved;
        try (Harness harness = opened(null)) {
            harness.stage(1, 10L);
            saved = harness.snapshot(1, 0);
            harness.notifyOfCompletedCheckpoint(1);
            assertThat(harness.extractOutputValues()).hasSize(2);
        }
        try (Harness harness = opened(saved)) {
            // A checkpoint in between must not lose what is not told yet.
            saved = harness.snapshot(2, 0);
        }
        try (Harness harness = opened(saved)) {
            harness.setProcessingTime(harness.getProcessingTime() + 1);
            assertThat(harness.extractOutputValues()).hasSize(2);
            assertThat(Ledger.visible()).containsExactly(10L);
        }
    }

    @Test
    void whatIsPutOffIsTriedAgainLaterAndIsPartOfCheckpointsMeanwhile() throws Exception {
        OperatorSubtaskState saved;
        try (Harness harness = opened(null)) {
            harness.stage(1, 10L);
            harness.snapshot(1, 0);
            Ledger.PUT_OFF.set(2);
            harness.notifyOfCompletedCheckpoint(1);
            harness.stage(2, 20L);
            saved = harness.snapshot(2, 0);
            harness.notifyOfCompletedCheckpoint(2);
            assertThat(Ledger.visible()).isEmpty();
            harness.setProcessingTime(harness.getProcessingTime() + 60);
            assertThat(Ledger.visible()).isEmpty();
            harness.setProcessingTime(harness.getProcessingTime() + 200);
            assertThat(Ledger.visible()).containsExactly(10L, 20L);
            assertThat(harness.extractOutputValues()).hasSize(4);
        }
        Ledger.VISIBLE.clear();
        try (Harness harness = opened(saved)) {
            assertThat(Ledger.visible()).containsExactly(10L, 20L);
        }
    }

    @Test
    void whatCanNeverBeCommittedFailsTheTask() throws Exception {
        try (Harness harness = opened(null)) {
            harness.stage(1, 10L);
            Ledger.STAGED.clear();
            assertThatThrownBy(() -> harness.notifyOfCompletedCheckpoint(1))
                    .hasStackTraceContaining("no page");
        }
    }

    @Test
    void whatAlwaysAsksToBeTriedAgainFailsTheTaskAtLast() throws Exception {
        try (Harness harness = opened(null)) {
            harness.stage(1, 10L);
            Ledger.PUT_OFF.set(Integer.MAX_VALUE);
            harness.notifyOfCompletedCheckpoint(1);
            assertThatThrownBy(
                            () -> {
                                for (int i = 0; i < 11; i++) {
                                    harness.setProcessingTime(harness.getProcessingTime() + 20_000);
                                }
                            })
                    .hasStackTraceContaining("after 10 attempts");
        }
    }

    @Test
    void withoutCheckpointsItIsCommittedAtTheEnd() throws Exception {
        try (Harness harness = opened(null)) {
            harness.stage(Long.MAX_VALUE, 10L);
            assertThat(Ledger.visible()).isEmpty();
            harness.endInput();
            assertThat(harness.isFinished()).isTrue();
            assertThat(Ledger.visible()).containsExactly(10L);
            assertThat(harness.extractOutputValues()).hasSize(2);
        }
    }

    @Test
    void theEndWaitsForWhatIsPutOff() throws Exception {
        try (Harness harness = opened(null)) {
            harness.stage(Long.MAX_VALUE, 10L);
            Ledger.PUT_OFF.set(1);
            harness.endInput();
            assertThat(harness.isFinished()).isFalse();
            harness.setProcessingTime(harness.getProcessingTime() + 60);
            assertThat(harness.isFinished()).isTrue();
            assertThat(Ledger.visible()).isEqualTo(List.of(10L));
        }
    }
}
