package io.millrace.coordinator.journal;

import static io.millrace.api.graph.OperatorSpec.Kind.SINK;
import static io.millrace.api.graph.OperatorSpec.Kind.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.coordinator.JobGraphs;
import io.millrace.coordinator.JobResult;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.serde.CorruptDataException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class JournalCodecTest {
    @Test
    void keepsAnAcceptedJob() {
        var graph =
                JobGraphs.job(1).vertex(2, SOURCE, SINK).config("restart.strategy", "none").build();
        var decoded =
                (JournalEntry.JobAccepted)
                        JournalCodec.decode(
                                JournalCodec.encode(new JournalEntry.JobAccepted(graph, 42)));
        assertThat(decoded.submittedAtMs()).isEqualTo(42);
        assertThat(decoded.graph()).usingRecursiveComparison().isEqualTo(graph);
    }

    @Test
    void keepsWhatWasToBeCommitted() {
        var entry =
                new JournalEntry.CommitStarted(
                        JobGraphs.id(1),
                        List.of(
                                new OperatorCommittables(
                                        3, 1, 2, 5, List.of(new byte[] {1, 2}, new byte[0]))),
                        10,
                        20);
        assertThat(JournalCodec.decode(JournalCodec.encode(entry)))
                .usingRecursiveComparison()
                .isEqualTo(entry);
    }

    @Test
    void keepsResultsWithAndWithoutFailure() {
        var failure = new FailureReport(ErrorCode.USER_CODE_FAILED, "x", "at", null);
        var failed =
                new JobResult(JobGraphs.id(1), "a", JobResult.Outcome.FAILED, failure, 9, 8, 7, 6);
        var finished =
                new JobResult(JobGraphs.id(2), "b", JobResult.Outcome.FINISHED, null, 9, 8, 7, 6);
        for (JobResult result : List.of(failed, finished)) {
            assertThat(JournalCodec.decode(JournalCodec.encode(new JournalEntry.JobEnded(result))))
                    .isEqualTo(new JournalEntry.JobEnded(result));
        }
    }

    @Test
    void refusesTheEntriesOfAnotherVersion() {
        byte[] bytes = someEntry();
        bytes[0] ^= 1;
        assertThatThrownBy(() -> JournalCodec.decode(bytes))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("VERSION_MISMATCH");
    }

    @Test
    void refusesATornEntryWhereverItIsTorn() {
        byte[] bytes = someEntry();
        for (int length = 0; length < bytes.length; length++) {
            byte[] torn = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> JournalCodec.decode(torn))
                    .isInstanceOf(CorruptDataException.class);
        }
    }

    private static byte[] someEntry() {
        return JournalCodec.encode(
                new JournalEntry.JobEnded(
                        new JobResult(
                                JobGraphs.id(2),
                                "b",
                                JobResult.Outcome.FINISHED,
                                null,
                                9,
                                8,
                                7,
                                6)));
    }
}
