package io.millrace.coordinator;

import static io.millrace.api.graph.OperatorSpec.Kind.MAP;
import static io.millrace.api.graph.OperatorSpec.Kind.SINK;
import static io.millrace.api.graph.OperatorSpec.Kind.SOURCE;
import static io.millrace.api.graph.Partitioning.Kind.FORWARD;
import static io.millrace.api.graph.Partitioning.Kind.KEY_GROUP;
import static io.millrace.api.graph.Partitioning.Kind.REBALANCE;
import static io.millrace.coordinator.CoordinatorHarness.attempt;
import static io.millrace.coordinator.CoordinatorHarness.prepared;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.graph.Partitioning;
import io.millrace.api.option.AdaptiveOptions;
import io.millrace.coordinator.TimerId.Purpose;
import io.millrace.coordinator.job.JobState;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.message.ResultInput;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.ResultId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The leader of a job of stages dies; the next one goes on. */
class StageTakeoverTest {
    /** Of the second leader: the first one has reserved a hundred attempts. */
    private static final int NEXT = 100;

    private final CoordinatorHarness first = new CoordinatorHarness();
    private CoordinatorHarness it;

    private static JobGraph threeStages(Partitioning.Kind kind) {
        return JobGraphs.job(1)
                .vertex(2, SOURCE)
                .vertex(2, MAP)
                .vertex(2, SINK)
                .stored(1, 2, kind)
                .stored(2, 3, KEY_GROUP)
                .build();
    }

    private void begin(JobGraph graph) {
        first.submit(graph);
        first.registers("a", 1);
        first.registers("b", 1);
    }

    private static ResultId result(int edge, int producer, int attempt) {
        return new ResultId(JobGraphs.id(1), edge, producer, attempt);
    }

    private void firstStageIsThrough() {
        first.becomes("a", attempt(1, 1, 0, 0), TaskState.RUNNING);
        first.on(splits(0));
        first.becomes("b", attempt(1, 1, 1, 0), TaskState.RUNNING);
        first.on(splits(1));
        first.writes("a", attempt(1, 1, 0, 0), 0, 5, 5);
        first.writes("b", attempt(1, 1, 1, 0), 0, 5, 5);
    }

    private static Event.SplitsAssigned splits(int subtask) {
        return new Event.SplitsAssigned(
                JobGraphs.id(1), 1, 0, 0, subtask, 1, List.of(new byte[] {(byte) subtask}), true);
    }

    private void leaderDies() {
        it = new CoordinatorHarness(first);
    }

    private List<AttemptId> deployed() {
        return it.sent(ToWorker.DeployTasks.class).stream()
                .flatMap(deploy -> deploy.tasks().stream())
                .toList();
    }

    private void bothReturnWithTheFirstStage() {
        it.returns("a", 1, result(0, 0, 0));
        it.returns("b", 1, result(0, 1, 0));
    }

    @Test
    void onlyWhatIsMissingRunsAgain() {
        begin(threeStages(KEY_GROUP));
        firstStageIsThrough();
        leaderDies();
        assertThat(it.effects).contains(new Effect.KeepWorkers(List.of("a", "b")));
        it.returns("a", 1, result(0, 0, 0));
        assertThat(deployed()).as("it waits for the other one").isEmpty();
        it.returns("b", 1, result(0, 1, 0));
        assertThat(deployed())
                .containsExactlyInAnyOrder(attempt(1, 2, 0, NEXT), attempt(1, 2, 1, NEXT));
        assertThat(it.sent(ToWorker.DeployTasks.class).get(0).inputs())
                .extracting(ResultInput::id)
                .containsExactly(result(0, 0, 0), result(0, 1, 0));
    }

    @Test
    void noAttemptHasTheNumberOfAnEarlierLeaders() {
        begin(threeStages(KEY_GROUP));
        firstStageIsThrough();
        leaderDies();
        bothReturnWithTheFirstStage();
        CoordinatorHarness third = new CoordinatorHarness(it);
        third.registers("c", 2);
        third.fires(Purpose.WORKERS_RETURN, "", 0);
        assertThat(third.sent(ToWorker.DeployTasks.class))
                .flatExtracting(ToWorker.DeployTasks::tasks)
                .allMatch(task -> ((AttemptId) task).attempt() == 2 * NEXT);
    }

    @Test
    void whatAWorkerHadThatDoesNotComeIsWrittenAgainFromTheSameSplits() {
        begin(threeStages(KEY_GROUP));
        firstStageIsThrough();
        leaderDies();
        it.returns("a", 1, result(0, 0, 0));
        it.fires(Purpose.WORKERS_RETURN, "", 0);
        assertThat(deployed()).containsExactly(attempt(1, 1, 1, NEXT));
        assertThat(it.effects(Effect.StartEnumerator.class)).isEmpty();
        assertThat(it.sent(ToWorker.AssignSplits.class))
                .singleElement()
                .satisfies(
                        again -> {
                            assertThat(again.splits().get(0)).containsExactly(1);
                            assertThat(again.noMoreSplits()).isTrue();
                        });
        assertThat(it.effects(Effect.ReleaseWorker.class))
                .extracting(Effect.ReleaseWorker::workerId)
                .containsExactly("b");
        it.returns("b", 1, result(0, 1, 0));
        assertThat(it.sent(ToWorker.Rejected.class)).as("too late").hasSize(1);
    }

    @Test
    void aWorkerThatEndsIsNotWaitedForAnyLonger() {
        begin(threeStages(KEY_GROUP));
        firstStageIsThrough();
        leaderDies();
        it.returns("a", 1, result(0, 0, 0));
        it.gone("b");
        assertThat(deployed()).containsExactly(attempt(1, 1, 1, NEXT));
    }

    @Test
    void aWorkerWithoutResultsIsRejectedSinceItsTasksMayRun() {
        begin(threeStages(KEY_GROUP));
        firstStageIsThrough();
        leaderDies();
        it.returns("a", 1);
        assertThat(it.sent(ToWorker.Rejected.class)).hasSize(1);
        it.returns("b", 1, result(0, 1, 0));
        assertThat(deployed()).containsExactly(attempt(1, 1, 0, NEXT));
    }

    @Test
    void aSourceThatIsNotThroughBeginsAnewWithItsReaders() {
        begin(threeStages(FORWARD));
        first.becomes("a", attempt(1, 1, 0, 0), TaskState.RUNNING);
        first.writes("a", attempt(1, 1, 0, 0), 0, 5);
        first.writes("a", attempt(1, 2, 0, 0), 1, 5, 5);
        leaderDies();
        it.registers("c", 2);
        assertThat(deployed())
                .containsExactlyInAnyOrder(attempt(1, 1, 0, NEXT), attempt(1, 1, 1, NEXT));
        assertThat(it.effects(Effect.StartEnumerator.class)).hasSize(1);
    }

    @Test
    void aParallelismThatIsDecidedStays() {
        begin(
                JobGraphs.job(1)
                        .vertex(2, SOURCE)
                        .vertex(2, MAP)
                        .undecided(4, 6)
                        .vertex(1, SINK)
                        .stored(1, 2, KEY_GROUP)
                        .stored(2, 3, KEY_GROUP)
                        .config(AdaptiveOptions.BYTES_PER_TASK.key(), "100 b")
                        .build());
        first.writes("a", attempt(1, 1, 0, 0), 0, 30, 30, 0, 0, 30, 30);
        first.writes("b", attempt(1, 1, 1, 0), 0, 0, 0, 0, 0, 0, 0);
        int decided = first.job(1).vertex(2).orElseThrow().parallelism();
        assertThat(decided).isLessThan(4);
        for (int subtask = 0; subtask < decided; subtask++) {
            String worker = first.subtask(1, 2, subtask).workerId();
            first.writes(worker, attempt(1, 2, subtask, 0), 1, 5);
        }
        leaderDies();
        assertThat(it.job(1).vertex(2).orElseThrow().parallelism()).isEqualTo(decided);
    }

    @Test
    void resultsThatNobodyCountsOnAreDropped() {
        begin(threeStages(KEY_GROUP));
        firstStageIsThrough();
        first.writes("a", attempt(1, 2, 0, 0), 1, 5, 5);
        leaderDies();
        it.returns("a", 1, result(0, 0, 0), result(1, 0, 0));
        assertThat(it.sent(ToWorker.DropResults.class))
                .as("that it was written is in no entry yet")
                .flatExtracting(ToWorker.DropResults::results)
                .containsExactly(result(1, 0, 0));
    }

    @Test
    void resultsThatWereDroppedAreNotWrittenAgainIfNobodyReadsThem() {
        begin(threeStages(KEY_GROUP));
        firstStageIsThrough();
        first.writes("a", attempt(1, 2, 0, 0), 1, 5, 5);
        first.writes("b", attempt(1, 2, 1, 0), 1, 5, 5);
        leaderDies();
        it.returns("a", 1, result(1, 0, 0));
        it.returns("b", 1, result(1, 1, 0));
        assertThat(deployed())
                .containsExactlyInAnyOrder(attempt(1, 3, 0, NEXT), attempt(1, 3, 1, NEXT));
    }

    @Test
    void aReaderByTurnsBeginsAnewIfItsWriterDoes() {
        begin(threeStages(REBALANCE));
        firstStageIsThrough();
        first.writes("a", attempt(1, 2, 0, 0), 1, 5, 5);
        first.writes("b", attempt(1, 2, 1, 0), 1, 5, 5);
        leaderDies();
        it.returns("a", 1, result(0, 0, 0), result(1, 0, 0));
        it.gone("b");
        assertThat(deployed())
                .as("a lost writer, whose other reader has what goes elsewhere now")
                .containsExactly(attempt(1, 1, 1, NEXT));
        assertThat(it.subtask(1, 2, 0).state()).isNotEqualTo(TaskState.RUNNING);
    }

    @Test
    void whatDidNotCountAnyMoreForOneLeaderDoesNotForTheNext() {
        begin(threeStages(REBALANCE));
        firstStageIsThrough();
        first.writes("a", attempt(1, 2, 0, 0), 1, 5, 5);
        first.misses("b", attempt(1, 2, 1, 0), result(0, 1, 0));
        String worker = first.subtask(1, 1, 1).workerId();
        first.writes(worker, attempt(1, 1, 1, 1), 0, 5, 5);
        leaderDies();
        it.returns("a", 1, result(0, 0, 0), result(1, 0, 0), result(0, 1, 1));
        it.returns("b", 1, result(0, 1, 1), result(0, 1, 0));
        assertThat(it.subtask(1, 2, 0).attempt())
                .as("it had read what its writer has dealt otherwise since")
                .isEqualTo(NEXT);
    }

    @Test
    void committablesOfFinishedSubtasksAreCommitted() {
        begin(threeStages(KEY_GROUP));
        firstStageIsThrough();
        first.writes("a", attempt(1, 2, 0, 0), 1, 5, 5);
        first.writes("b", attempt(1, 2, 1, 0), 1, 5, 5);
        OperatorCommittables one = prepared(3, 0, 7);
        OperatorCommittables other = prepared(3, 1, 8);
        first.finishes("a", attempt(1, 3, 0, 0), one);
        first.finishes("b", attempt(1, 3, 1, 0), other);
        first.journal.removeIf(entry -> entry.kind() == JournalEntry.Kind.COMMIT_STARTED);
        leaderDies();
        assertThat(it.job(1).state()).as("nothing is left to run").isEqualTo(JobState.COMMITTING);
        assertThat(it.effects(Effect.Commit.class).get(0).committables())
                .extracting(OperatorCommittables::subtask)
                .containsExactly(0, 1);
    }

    @Test
    void aWorkerWithResultsThatAreNeededIsNotIdle() {
        first.submit(
                JobGraphs.job(1).vertex(2, SOURCE).vertex(1, SINK).stored(1, 2, KEY_GROUP).build());
        first.registers("a", 1);
        first.registers("b", 1);
        first.writes("a", attempt(1, 1, 0, 0), 0, 5);
        first.writes("b", attempt(1, 1, 1, 0), 0, 5);
        first.nowMs += 60_000;
        first.fires(Purpose.WORKERS_IDLE, "", 1);
        assertThat(first.sent(ToWorker.Shutdown.class)).isEmpty();
    }

    @Test
    void aJobThatWasCancelledMeanwhileLetsReturningWorkersForgetIt() {
        begin(threeStages(KEY_GROUP));
        firstStageIsThrough();
        leaderDies();
        it.on(new Event.JobCancelRequested(JobGraphs.id(1), "an operator"));
        assertThat(it.job(1).state()).isEqualTo(JobState.CANCELED);
        it.returns("a", 1, result(0, 0, 0));
        assertThat(it.sent(ToWorker.ReleaseJob.class)).hasSize(1);
    }

    @Test
    void anEntryIsWrittenForAStageAndNotForEachSubtask() {
        begin(threeStages(KEY_GROUP));
        firstStageIsThrough();
        assertThat(first.journal)
                .extracting(JournalEntry::kind)
                .containsExactly(
                        JournalEntry.Kind.JOB_ACCEPTED,
                        JournalEntry.Kind.ATTEMPTS_RESERVED,
                        JournalEntry.Kind.STAGES_PROGRESSED);
    }
}
