package io.millrace.yarn.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.coordinator.JobResult;
import io.millrace.coordinator.JobResult.Outcome;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    private static final JobId ONE = new JobId("1".repeat(32));
    private static final JobId TWO = new JobId("2".repeat(32));

    @Test
    void runsTheProgramWhenNothingHasHappened() {
        assertThat(Recovery.of(List.of()).runsProgram()).isTrue();
    }

    @Test
    void runsTheProgramAgainWhenItsJobHadOnlyRun() {
        assertThat(Recovery.of(List.of(accepted(ONE))).runsProgram()).isTrue();
    }

    @Test
    void finishesACommitThatHadBegun() {
        Recovery recovery = Recovery.of(List.of(accepted(ONE), committing(ONE)));
        assertThat(recovery.runsProgram()).isFalse();
        assertThat(recovery.jobId()).isEqualTo(ONE);
        assertThat(recovery.result()).isNull();
    }

    @Test
    void reportsAResultThatIsFinal() {
        Recovery recovery =
                Recovery.of(List.of(accepted(ONE), committing(ONE), ended(ONE, Outcome.FINISHED)));
        assertThat(recovery.result().outcome()).isEqualTo(Outcome.FINISHED);
    }

    @Test
    void doesNotRepeatTheCommittedOutputOfAnEarlierJob() {
        Recovery recovery =
                Recovery.of(
                        List.of(
                                accepted(ONE),
                                committing(ONE),
                                ended(ONE, Outcome.FINISHED),
                                accepted(TWO)));
        assertThat(recovery.runsProgram()).isFalse();
        assertThat(recovery.unfinished()).isEqualTo(TWO);
    }

    @Test
    void runsTheProgramAgainWhenTheEarlierJobFailedWithoutOutput() {
        Recovery recovery =
                Recovery.of(List.of(accepted(ONE), ended(ONE, Outcome.FAILED), accepted(TWO)));
        assertThat(recovery.runsProgram()).isTrue();
    }

    @Test
    void aJobWithCheckpointsGoesOnAndTheProgramMeetsIt() {
        Recovery recovery =
                Recovery.of(
                        List.of(
                                accepted(ONE),
                                committing(ONE),
                                ended(ONE, Outcome.FINISHED),
                                streaming(TWO),
                                new JournalEntry.CheckpointIdsReserved(TWO, 64)));
        assertThat(recovery.runsProgram()).isTrue();
        assertThat(recovery.earlier().anyResumes()).isTrue();
        assertThat(recovery.earlier().jobs())
                .extracting(job -> job.graph().jobId())
                .containsExactly(ONE, TWO);
    }

    @Test
    void aJobWithCheckpointsThatHasEndedIsReported() {
        Recovery recovery = Recovery.of(List.of(streaming(ONE), ended(ONE, Outcome.FAILED)));
        assertThat(recovery.runsProgram()).isFalse();
        assertThat(recovery.result().outcome()).isEqualTo(Outcome.FAILED);
    }

    private static JournalEntry streaming(JobId id) {
        return new JournalEntry.JobAccepted(
                new JobGraph(
                        id,
                        "job",
                        ExecutionMode.STREAMING,
                        false,
                        List.of(),
                        List.of(),
                        Map.of("execution.checkpointing.interval", "10 s"),
                        List.of()),
                0);
    }

    private static JournalEntry accepted(JobId id) {
        return new JournalEntry.JobAccepted(
                new JobGraph(
                        id,
                        "job",
                        ExecutionMode.BATCH,
                        true,
                        List.of(),
                        List.of(),
                        Map.of(),
                        List.of()),
                0);
    }

    private static JournalEntry committing(JobId id) {
        return new JournalEntry.CommitStarted(id, List.of(), 0, 0);
    }

    private static JournalEntry ended(JobId id, Outcome outcome) {
        return new JournalEntry.JobEnded(new JobResult(id, "job", outcome, null, 1, 0, 0, 0));
    }
}
