package io.millrace.testutils.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.testutils.operator.OneInputStreamOperatorTestHarness;
import io.millrace.testutils.operator.OperatorSubtaskState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records that wait for their checkpoint; sending that fails; crashes at each step. */
class WriteAheadSinkTest {
    private static final class Harness extends OneInputStreamOperatorTestHarness<Long, Long> {
        Harness() throws Exception {
            super(new SentNumbers("job"));
        }

        void processAll(long... numbers) throws Exception {
            for (long number : numbers) {
                processElement(number);
            }
        }
    }

    @BeforeEach
    void forget() {
        SentNumbers.clear();
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
    void recordsAreSentWhenTheirCheckpointIsComplete() throws Exception {
        try (Harness harness = opened(null)) {
            harness.processAll(1, 2);
            harness.snapshot(1, 77);
            harness.processAll(3);
            assertThat(SentNumbers.sent()).isEmpty();

            harness.notifyOfCompletedCheckpoint(1);

            assertThat(SentNumbers.sent()).containsExactly(1L, 2L);
            assertThat(SentNumbers.timestamps()).containsExactly(77L);
            assertThat(harness.extractOutputValues()).isEmpty();
        }
    }

    @Test
    void aNoticeThatIsLostIsMadeUpForByALaterOne() throws Exception {
        try (Harness harness = opened(null)) {
            harness.processAll(1);
            harness.snapshot(1, 0);
            harness.processAll(2);
            harness.snapshot(2, 0);
            harness.snapshot(3, 0);
            harness.notifyOfCompletedCheckpoint(3);
            harness.notifyOfCompletedCheckpoint(2);
            harness.notifyOfCompletedCheckpoint(3);

            assertThat(SentNumbers.sent()).containsExactly(1L, 2L);
        }
    }

    @Test
    void whatFailsIsTriedAgainInItsOrderWithTheNextCheckpoint() throws Exception {
        try (Harness harness = opened(null)) {
            harness.processAll(1, 2);
            harness.snapshot(1, 0);
            SentNumbers.failNext(new IllegalStateException("the failure that the test wants"));
            harness.notifyOfCompletedCheckpoint(1);
            assertThat(SentNumbers.sent()).isEmpty();
            harness.processAll(3);
            harness.snapshot(2, 0);
            SentNumbers.refuseNext();
            harness.notifyOfCompletedCheckpoint(2);
            assertThat(SentNumbers.sent()).as("3 may not be visible before 1 and 2").isEmpty();
            harness.snapshot(3, 0);

            harness.notifyOfCompletedCheckpoint(3);

            assertThat(SentNumbers.sent()).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void aCrashBeforeTheNoticeSendsFromTheRestoredState() throws Exception {
        OperatorSubtaskState saved;
        try (Harness harness = opened(null)) {
            harness.processAll(1, 2);
            saved = harness.snapshot(1, 0);
            harness.processAll(3);
        }
        try (Harness harness = opened(saved)) {
            assertThat(SentNumbers.sent()).containsExactly(1L, 2L);
            harness.processAll(3);
            harness.snapshot(2, 0);
            harness.notifyOfCompletedCheckpoint(2);
        }
        assertThat(SentNumbers.sent()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aCrashAfterTheCommitSendsNothingAgain() throws Exception {
        OperatorSubtaskState saved;
        try (Harness harness = opened(null)) {
            harness.processAll(1, 2);
            saved = harness.snapshot(1, 0);
            harness.notifyOfCompletedCheckpoint(1);
        }
        try (Harness harness = opened(saved)) {
            harness.notifyOfCompletedCheckpoint(1);
        }
        assertThat(SentNumbers.sent()).containsExactly(1L, 2L);
    }

    @Test
    void aCrashBetweenSendingAndTheNoteSendsAgain() throws Exception {
        OperatorSubtaskState saved;
        try (Harness harness = opened(null)) {
            harness.processAll(1, 2);
            saved = harness.snapshot(1, 0);
            SentNumbers.failNextNote();
            harness.notifyOfCompletedCheckpoint(1);
        }
        try (Harness harness = opened(saved)) {
            assertThat(SentNumbers.sent())
                    .as("at least once, where the system does not know equal writes")
                    .containsExactly(1L, 2L, 1L, 2L);
        }
    }

    @Test
    void whatIsRestoredAndCannotBeSentFailsTheTask() throws Exception {
        OperatorSubtaskState saved;
        try (Harness harness = opened(null)) {
            harness.processAll(1);
            saved = harness.snapshot(1, 0);
        }
        SentNumbers.refuseNext();

        assertThatThrownBy(() -> opened(saved))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.COMMIT_FAILED))
                .hasMessageContaining("could not send the 8 bytes");
    }

    @Test
    void anEmptyCheckpointSendsNothing() throws Exception {
        try (Harness harness = opened(null)) {
            harness.snapshot(1, 0);
            harness.notifyOfCompletedCheckpoint(1);
            assertThat(SentNumbers.timestamps()).isEmpty();
        }
    }

    @Test
    void theCommitterKnowsJobAndOperator() throws Exception {
        try (Harness harness = opened(null)) {
            harness.processAll(1);
            harness.snapshot(1, 0);
            harness.notifyOfCompletedCheckpoint(1);
            assertThat(SentNumbers.notes()).allMatch(note -> note.startsWith("job/"));
            assertThat(SentNumbers.notes()).noneMatch(note -> note.contains("null"));
        }
    }
}
