package io.millrace.coordinator;

import static io.millrace.api.graph.OperatorSpec.Kind.MAP;
import static io.millrace.api.graph.OperatorSpec.Kind.SINK;
import static io.millrace.api.graph.OperatorSpec.Kind.SOURCE;
import static io.millrace.api.graph.Partitioning.Kind.KEY_GROUP;
import static io.millrace.api.graph.Partitioning.Kind.REBALANCE;
import static io.millrace.coordinator.CoordinatorHarness.attempt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.graph.Partitioning;
import io.millrace.coordinator.TimerId.Purpose;
import io.millrace.coordinator.job.JobState;
import io.millrace.runtime.message.ResultInput;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.ResultId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Batch jobs whose stages are separated by stored edges. */
class StagesTest {
    private static final byte[] SPLIT = {7};

    private final CoordinatorHarness it = new CoordinatorHarness();

    /** Two sources, two maps, two sinks; edges 0 and 1 between them. */
    private static JobGraph threeStages(Partitioning.Kind first) {
        return JobGraphs.job(1)
                .vertex(2, SOURCE)
                .vertex(2, MAP)
                .vertex(2, SINK)
                .stored(1, 2, first)
                .stored(2, 3, KEY_GROUP)
                .build();
    }

    private void begin(JobGraph graph) {
        it.submit(graph);
        it.registers("a", 1);
        it.registers("b", 1);
    }

    private List<AttemptId> deployed() {
        return it.sent(ToWorker.DeployTasks.class).stream()
                .flatMap(deploy -> deploy.tasks().stream())
                .toList();
    }

    /** A subtask on a worker runs and finishes with a result. */
    private void writes(String worker, AttemptId attempt, int edge) {
        it.becomes(worker, attempt, TaskState.RUNNING);
        it.writes(worker, attempt, edge, 5, 5);
    }

    /** The same wherever it was placed. */
    private void writes(AttemptId attempt, int edge) {
        writes(it.subtask(1, attempt.vertexId(), attempt.subtask()).workerId(), attempt, edge);
    }

    private void firstStageIsThrough() {
        writes("a", attempt(1, 1, 0, 0), 0);
        writes("b", attempt(1, 1, 1, 0), 0);
    }

    private void secondStageIsThrough() {
        writes("a", attempt(1, 2, 0, 0), 1);
        writes("b", attempt(1, 2, 1, 0), 1);
    }

    private static ResultId result(int edge, int producer, int attempt) {
        return new ResultId(JobGraphs.id(1), edge, producer, attempt);
    }

    @Test
    void aStageStartsWhenAllThatItReadsIsThere() {
        begin(threeStages(KEY_GROUP));
        assertThat(deployed()).containsExactly(attempt(1, 1, 1, 0));
        writes("a", attempt(1, 1, 0, 0), 0);
        assertThat(deployed()).as("one result is not all").isEmpty();
        writes("b", attempt(1, 1, 1, 0), 0);
        assertThat(deployed()).containsExactlyInAnyOrder(attempt(1, 2, 0, 0), attempt(1, 2, 1, 0));
    }

    @Test
    void aDeploymentSaysWhereWhatItReadsIs() {
        begin(threeStages(KEY_GROUP));
        firstStageIsThrough();
        for (ToWorker.DeployTasks deploy : it.sent(ToWorker.DeployTasks.class)) {
            assertThat(deploy.inputs())
                    .extracting(ResultInput::id)
                    .containsExactly(result(0, 0, 0), result(0, 1, 0));
            assertThat(deploy.inputs())
                    .extracting(each -> each.worker().workerId())
                    .containsExactly("a", "b");
        }
    }

    @Test
    void showsWhatIsReadOfResultsOfTheOwnWorkerAndOfOthers() {
        begin(threeStages(KEY_GROUP));
        it.becomes("a", attempt(1, 1, 0, 0), TaskState.RUNNING);
        it.writes("a", attempt(1, 1, 0, 0), 0, 3, 4);
        it.becomes("b", attempt(1, 1, 1, 0), TaskState.RUNNING);
        it.writes("b", attempt(1, 1, 1, 0), 0, 50, 60);

        it.becomes("b", attempt(1, 2, 0, 0), TaskState.RUNNING);
        ClusterView.Counters readers = it.job(1).vertices().get(1).counters();
        assertThat(it.subtask(1, 2, 0).workerId()).as("where most of it lies").isEqualTo("b");
        assertThat(it.subtask(1, 2, 0).counters().localReadBytes()).isEqualTo(50);
        assertThat(it.subtask(1, 2, 0).counters().remoteReadBytes()).isEqualTo(3);
        assertThat(readers.localReadBytes()).isEqualTo(50 + 4);
        assertThat(readers.remoteReadBytes()).isEqualTo(3 + 60);
        assertThat(it.job(1).vertices().get(0).counters().localReadBytes()).isZero();
    }

    @Test
    void aJobRunsInWavesOnFewerSlotsThanItHasSubtasks() {
        it.submit(threeStages(KEY_GROUP));
        it.registers("a", 1);
        assertThat(deployed()).containsExactly(attempt(1, 1, 0, 0));
        writes("a", attempt(1, 1, 0, 0), 0);
        assertThat(deployed()).containsExactly(attempt(1, 1, 1, 0));
        writes("a", attempt(1, 1, 1, 0), 0);
        assertThat(deployed()).containsExactly(attempt(1, 2, 0, 0));
    }

    @Test
    void onlySlotsForWhatMayStartAreAskedFor() {
        JobGraph narrowing =
                JobGraphs.job(1).vertex(1, SOURCE).vertex(8, SINK).stored(1, 2, KEY_GROUP).build();
        it.submit(narrowing);
        assertThat(it.effects).contains(new Effect.WantWorkers(1));
        it.registers("a", 1);
        it.writes("a", attempt(1, 1, 0, 0), 0, 5, 5, 5, 5, 5, 5, 5, 5);
        assertThat(it.effects)
                .as("two slots each")
                .contains(new Effect.WantWorkers(5, List.of("host-a")));
    }

    @Test
    void aReaderRunsWhereMostOfWhatItReadsIs() {
        it.submit(
                JobGraphs.job(1).vertex(1, SOURCE).vertex(1, SINK).stored(1, 2, KEY_GROUP).build());
        it.registers("a", 1);
        it.registers("b", 2);
        writes("a", attempt(1, 1, 0, 0), 0);
        assertThat(it.subtask(1, 2, 0).workerId())
                .as("the emptiest worker is another one")
                .isEqualTo("a");
    }

    @Test
    void aReaderWithoutMostOfItsInputAnywhereGoesToTheEmptiestWorker() {
        begin(threeStages(KEY_GROUP));
        it.registers("c", 2);
        firstStageIsThrough();
        assertThat(it.subtask(1, 2, 0).workerId()).isEqualTo("c");
    }

    @Test
    void theJobCommitsWhenItsLastStageHasFinished() {
        begin(threeStages(KEY_GROUP));
        firstStageIsThrough();
        secondStageIsThrough();
        it.becomes("a", attempt(1, 3, 0, 0), TaskState.RUNNING);
        it.becomes("b", attempt(1, 3, 1, 0), TaskState.RUNNING);
        it.finishes("a", attempt(1, 3, 0, 0));
        assertThat(it.job(1).state()).isEqualTo(JobState.RUNNING);
        it.finishes("b", attempt(1, 3, 1, 0));
        assertThat(it.job(1).state()).isEqualTo(JobState.COMMITTING);
    }

    @Test
    void resultsAreDroppedOnceTheirReadersAndTheReadersOfThoseAreThrough() {
        begin(threeStages(KEY_GROUP));
        firstStageIsThrough();
        secondStageIsThrough();
        assertThat(it.sent(ToWorker.DropResults.class)).isEmpty();
        it.finishes("a", attempt(1, 3, 0, 0));
        it.finishes("b", attempt(1, 3, 1, 0));
        assertThat(it.sent(ToWorker.DropResults.class))
                .flatExtracting(ToWorker.DropResults::results)
                .containsExactlyInAnyOrder(
                        result(0, 0, 0), result(0, 1, 0), result(1, 0, 0), result(1, 1, 0));
    }

    /** Two sources, two maps, two more, two sinks; the first three stages are through. */
    private void fourStagesOfWhichThreeAreThrough(int bytes) {
        begin(
                JobGraphs.job(1)
                        .vertex(2, SOURCE)
                        .vertex(2, MAP)
                        .vertex(2, MAP)
                        .vertex(2, SINK)
                        .stored(1, 2, KEY_GROUP)
                        .stored(2, 3, KEY_GROUP)
                        .stored(3, 4, KEY_GROUP)
                        .build());
        for (int stage = 1; stage <= 3; stage++) {
            for (int subtask = 0; subtask < 2; subtask++) {
                AttemptId attempt = attempt(1, stage, subtask, 0);
                String worker = it.subtask(1, stage, subtask).workerId();
                it.becomes(worker, attempt, TaskState.RUNNING);
                it.writes(worker, attempt, stage - 1, bytes, bytes);
            }
        }
    }

    private List<ResultId> dropped() {
        return it.sent(ToWorker.DropResults.class).stream()
                .flatMap(drop -> drop.results().stream())
                .toList();
    }

    @Test
    void largeResultsThatTwoStagesHaveReadAreDropped() {
        fourStagesOfWhichThreeAreThrough(5 << 20);
        assertThat(dropped()).containsExactlyInAnyOrder(result(0, 0, 0), result(0, 1, 0));
    }

    @Test
    void smallResultsStayUntilEverythingBehindIsThrough() {
        fourStagesOfWhichThreeAreThrough(4 << 20);
        assertThat(dropped()).isEmpty();
        for (int subtask = 0; subtask < 2; subtask++) {
            String worker = it.subtask(1, 4, subtask).workerId();
            it.becomes(worker, attempt(1, 4, subtask, 0), TaskState.RUNNING);
            it.finishes(worker, attempt(1, 4, subtask, 0));
        }
        assertThat(dropped()).hasSize(6);
    }

    /**
     * As a global sort is: sources write to those who deal, and a sample from which ranges come.
     */
    @Test
    void aSampleThatIsReadAgainDoesNotCostASourceThatIsNotLost() {
        begin(
                JobGraphs.job(1)
                        .vertex(2, SOURCE)
                        .vertex(1, MAP)
                        .vertex(2, MAP)
                        .vertex(2, SINK)
                        .stored(1, 3, Partitioning.Kind.FORWARD)
                        .stored(1, 2, Partitioning.Kind.GLOBAL)
                        .stored(2, 3, Partitioning.Kind.BROADCAST)
                        .stored(3, 4, KEY_GROUP)
                        .build());
        for (int subtask = 0; subtask < 2; subtask++) {
            String worker = it.subtask(1, 1, subtask).workerId();
            it.becomes(worker, attempt(1, 1, subtask, 0), TaskState.RUNNING);
            AttemptId source = attempt(1, 1, subtask, 0);
            it.writes(
                    worker,
                    source,
                    List.of(
                            it.stored(worker, source, 0, 50 << 20),
                            it.stored(worker, source, 1, 5)));
        }
        AttemptId ranges = attempt(1, 2, 0, 0);
        String lost = it.subtask(1, 2, 0).workerId();
        it.becomes(lost, ranges, TaskState.RUNNING);
        it.writes(lost, ranges, 2, 5);
        for (int subtask = 0; subtask < 2; subtask++) {
            String worker = it.subtask(1, 3, subtask).workerId();
            it.becomes(worker, attempt(1, 3, subtask, 0), TaskState.RUNNING);
            it.writes(worker, attempt(1, 3, subtask, 0), 3, 50 << 20, 50 << 20);
        }
        assertThat(it.subtask(1, 4, 1).state()).isEqualTo(TaskState.DEPLOYING);

        it.gone(lost);
        it.registers("c", 1);
        it.registers("d", 1);
        assertThat(running(1)).as("the source whose worker is lost").hasSize(1);
    }

    /** The numbers of the subtasks of a vertex that run. */
    private List<Integer> running(int vertexId) {
        return it.job(1).vertex(vertexId).orElseThrow().subtasks().stream()
                .filter(subtask -> subtask.state() == TaskState.DEPLOYING)
                .map(ClusterView.SubtaskView::subtask)
                .toList();
    }

    @Test
    void aLostWorkerCostsWhatItHadAndNothingElse() {
        begin(threeStages(KEY_GROUP));
        firstStageIsThrough();
        it.becomes("a", attempt(1, 2, 0, 0), TaskState.RUNNING);
        it.becomes("b", attempt(1, 2, 1, 0), TaskState.RUNNING);
        it.gone("b");
        it.registers("c", 1);
        assertThat(deployed())
                .as("the source that wrote there; its reader waits for it, the other reader runs")
                .containsExactly(attempt(1, 1, 1, 1));
        writes("c", attempt(1, 1, 1, 1), 0);
        assertThat(deployed()).containsExactly(attempt(1, 2, 1, 1));
        assertThat(it.subtask(1, 2, 0).attempt()).isZero();
        assertThat(it.job(1).restarts()).isEqualTo(1);
    }

    @Test
    void whatGoesWithItsWorkerStartsAtOnceButNotAgainAndAgain() {
        begin(threeStages(KEY_GROUP));
        it.registers("c", 1);
        it.gone("b");
        assertThat(deployed()).containsExactly(attempt(1, 1, 1, 1));
        it.registers("d", 1);
        it.gone("c");
        assertThat(deployed()).as("it may be what ends workers").isEmpty();
        it.fires(Purpose.RESTART_DELAY, JobGraphs.id(1).hex() + "/1", 1);
        assertThat(deployed()).containsExactly(attempt(1, 1, 1, 2));
    }

    /** One slot is enough for what is written again, but not for those who read it. */
    @Test
    void theWorkerThatReadersNeedLaterIsAskedForAtOnceAndKept() {
        begin(threeStages(KEY_GROUP));
        firstStageIsThrough();
        it.becomes("a", attempt(1, 2, 0, 0), TaskState.RUNNING);
        it.becomes("b", attempt(1, 2, 1, 0), TaskState.RUNNING);
        it.gone("b");
        assertThat(wanted()).containsExactly(2);
        it.misses("a", attempt(1, 2, 0, 0), result(0, 1, 0));
        assertThat(deployed()).as("in the free slot").containsExactly(attempt(1, 1, 1, 1));
        assertThat(wanted()).as("nothing is taken back").isEmpty();

        it.registers("c", 1);
        it.nowMs += 3_600_000;
        it.fires(Purpose.WORKERS_IDLE, "", 1);
        assertThat(it.effects(Effect.ReleaseWorker.class)).isEmpty();
        writes("a", attempt(1, 1, 1, 1), 0);
        assertThat(deployed()).containsExactlyInAnyOrder(attempt(1, 2, 0, 1), attempt(1, 2, 1, 1));
    }

    private List<Integer> wanted() {
        return it.effects(Effect.WantWorkers.class).stream()
                .map(Effect.WantWorkers::count)
                .toList();
    }

    /** What is dealt by turns anew differs, also if those who get it had to run again anyway. */
    @Test
    void whoReadsOfThoseThatGetOtherRecordsBeginsAnewAlsoIfAllWereLostAtOnce() {
        it.submit(
                JobGraphs.job(1)
                        .vertex(1, SOURCE)
                        .vertex(2, MAP)
                        .vertex(2, SINK)
                        .stored(1, 2, REBALANCE)
                        .stored(2, 3, Partitioning.Kind.FORWARD)
                        .build());
        it.registers("a", 1);
        writes(attempt(1, 1, 0, 0), 0);
        for (int map = 0; map < 2; map++) {
            AttemptId attempt = attempt(1, 2, map, 0);
            it.becomes("a", attempt, TaskState.RUNNING);
            it.writes("a", attempt, 1, 5);
        }
        it.becomes("a", attempt(1, 3, 0, 0), TaskState.RUNNING);
        it.finishes("a", attempt(1, 3, 0, 0));
        assertThat(it.subtask(1, 3, 0).state()).isEqualTo(TaskState.FINISHED);

        it.gone("a");
        it.registers("b", 1);

        it.becomes("b", attempt(1, 1, 0, 1), TaskState.RUNNING);
        it.writes("b", attempt(1, 1, 0, 1), 0, 5, 5);
        for (int map = 0; map < 2; map++) {
            it.becomes("b", attempt(1, 2, map, 1), TaskState.RUNNING);
            it.writes("b", attempt(1, 2, map, 1), 1, 5);
        }
        assertThat(it.subtask(1, 3, 0).attempt()).isEqualTo(1);
    }

    /** The harness' cluster allows two restarts. */
    @Test
    void theClustersStrategyCountsEachSubtaskForItself() {
        begin(threeStages(KEY_GROUP));
        for (int i = 0; i < 2; i++) {
            it.fails("a", attempt(1, 1, 0, i), ErrorCode.EXCHANGE_FAILED);
            it.fires(Purpose.RESTART_DELAY, JobGraphs.id(1).hex() + "/0", i);
        }
        it.fails("b", attempt(1, 1, 1, 0), ErrorCode.EXCHANGE_FAILED);
        it.fires(Purpose.RESTART_DELAY, JobGraphs.id(1).hex() + "/1", 0);
        assertThat(it.job(1).restarts()).isEqualTo(3);
        assertThat(it.job(1).failure()).isNull();
        it.fails("a", attempt(1, 1, 0, 2), ErrorCode.EXCHANGE_FAILED);
        assertThat(it.job(1).failure().code()).isEqualTo(ErrorCode.RESTARTS_EXHAUSTED);
    }

    @Test
    void aLostResultRunsItsWriterAgainAndIsNoRestart() {
        begin(threeStages(KEY_GROUP));
        firstStageIsThrough();
        it.becomes("a", attempt(1, 2, 0, 0), TaskState.RUNNING);
        it.misses("a", attempt(1, 2, 0, 0), result(0, 1, 0));
        assertThat(deployed()).containsExactly(attempt(1, 1, 1, 1));
        writes(attempt(1, 1, 1, 1), 0);
        assertThat(deployed()).containsExactly(attempt(1, 2, 0, 1));
        assertThat(it.sent(ToWorker.DeployTasks.class).get(0).inputs())
                .extracting(ResultInput::id)
                .containsExactly(result(0, 0, 0), result(0, 1, 1));
        assertThat(it.job(1).restarts()).isZero();
    }

    @Test
    void twoReadersThatMissTheSameResultLetItsWriterRunOnce() {
        begin(threeStages(KEY_GROUP));
        firstStageIsThrough();
        it.misses("a", attempt(1, 2, 0, 0), result(0, 1, 0));
        it.misses("b", attempt(1, 2, 1, 0), result(0, 1, 0));
        assertThat(it.subtask(1, 1, 1).attempt()).isEqualTo(1);
        writes(attempt(1, 1, 1, 1), 0);
        assertThat(deployed()).containsExactlyInAnyOrder(attempt(1, 2, 0, 1), attempt(1, 2, 1, 1));
    }

    @Test
    void resultsOfOneWriterThatAreLostAgainAndAgainFailTheJob() {
        begin(threeStages(KEY_GROUP));
        firstStageIsThrough();
        for (int i = 0; i < 4; i++) {
            String reader = it.subtask(1, 2, 0).workerId();
            it.misses(reader, attempt(1, 2, 0, i), result(0, 1, i));
            if (i < 3) {
                writes(attempt(1, 1, 1, i + 1), 0);
            }
        }
        it.becomes("b", attempt(1, 2, 1, 0), TaskState.CANCELED);
        assertThat(it.job(1).state()).isEqualTo(JobState.FAILED);
        assertThat(it.job(1).failure().code()).isEqualTo(ErrorCode.RESULT_LOST);
    }

    @Test
    void aWriterThatDealsByTurnsTakesAllItsReadersWithIt() {
        begin(threeStages(REBALANCE));
        firstStageIsThrough();
        it.becomes("b", attempt(1, 2, 1, 0), TaskState.RUNNING);
        writes("a", attempt(1, 2, 0, 0), 1);
        it.misses("b", attempt(1, 2, 1, 0), result(0, 1, 0));
        assertThat(it.subtask(1, 1, 1).attempt()).isEqualTo(1);
        writes(attempt(1, 1, 1, 1), 0);
        assertThat(deployed())
                .as("the reader that had finished has records that another may get now")
                .containsExactlyInAnyOrder(attempt(1, 2, 0, 1), attempt(1, 2, 1, 1));
    }

    @Test
    void aSourceThatRunsAgainIsGivenWhatItWasGivenBefore() {
        begin(threeStages(KEY_GROUP));
        it.becomes("a", attempt(1, 1, 0, 0), TaskState.RUNNING);
        it.on(assigned(0, 0, false));
        it.on(assigned(0, 0, true));
        it.writes("a", attempt(1, 1, 0, 0), 0, 5, 5);
        writes("b", attempt(1, 1, 1, 0), 0);
        assertThat(it.effects).contains(new Effect.StopEnumerators(JobGraphs.id(1), 0));
        it.misses("b", attempt(1, 2, 1, 0), result(0, 0, 0));
        assertThat(deployed()).containsExactly(attempt(1, 1, 0, 1));
        assertThat(it.effects(Effect.StartEnumerator.class)).isEmpty();
        assertThat(it.sent(ToWorker.AssignSplits.class))
                .extracting(ToWorker.AssignSplits::attempt, ToWorker.AssignSplits::noMoreSplits)
                .containsExactly(
                        tuple(attempt(1, 1, 0, 1), false), tuple(attempt(1, 1, 0, 1), true));
    }

    @Test
    void aSourceWhoseEnumeratorIsThroughIsToldSo() {
        begin(threeStages(KEY_GROUP));
        firstStageIsThrough();
        it.misses("b", attempt(1, 2, 1, 0), result(0, 0, 0));
        String worker = it.subtask(1, 1, 0).workerId();
        it.becomes(worker, attempt(1, 1, 0, 1), TaskState.RUNNING);
        it.says(worker, new ToCoordinator.SplitRequested(attempt(1, 1, 0, 1), 0, "host"));
        assertThat(it.sent(ToWorker.AssignSplits.class))
                .extracting(ToWorker.AssignSplits::noMoreSplits)
                .containsExactly(true);
    }

    @Test
    void anEnumeratorGoesOnWhenOneOfItsReadersFails() {
        begin(threeStages(KEY_GROUP));
        it.becomes("a", attempt(1, 1, 0, 0), TaskState.RUNNING);
        it.becomes("b", attempt(1, 1, 1, 0), TaskState.RUNNING);
        it.on(assigned(0, 0, false));
        it.fails("a", attempt(1, 1, 0, 0), ErrorCode.EXCHANGE_FAILED);
        assertThat(it.effects(Effect.StopEnumerators.class)).isEmpty();
        it.on(assigned(0, 0, false));
        it.fires(Purpose.RESTART_DELAY, JobGraphs.id(1).hex() + "/0", 0);
        assertThat(deployed()).containsExactly(attempt(1, 1, 0, 1));
        assertThat(it.sent(ToWorker.AssignSplits.class))
                .as("also what was assigned while nobody was there")
                .hasSize(2);
        it.becomes("a", attempt(1, 1, 0, 1), TaskState.RUNNING);
        assertThat(it.effects(Effect.ReaderRegistered.class)).isEmpty();
    }

    @Test
    void anEnumeratorThatFailsBeginsItsWholeStageAnew() {
        begin(threeStages(KEY_GROUP));
        writes("a", attempt(1, 1, 0, 0), 0);
        it.becomes("b", attempt(1, 1, 1, 0), TaskState.RUNNING);
        it.on(
                new Event.EnumeratorFailed(
                        JobGraphs.id(1),
                        1,
                        0,
                        CoordinatorHarness.report(ErrorCode.EXCHANGE_FAILED)));
        it.becomes("b", attempt(1, 1, 1, 0), TaskState.CANCELED);
        assertThat(it.subtask(1, 1, 0).attempt()).isEqualTo(1);
        it.fires(Purpose.RESTART_DELAY, JobGraphs.id(1).hex() + "/1", 0);
        assertThat(it.subtask(1, 1, 1).attempt()).isEqualTo(1);
    }

    @Test
    void whatASubtaskFinishesWhileItIsBeingEndedDoesNotCount() {
        begin(threeStages(KEY_GROUP));
        writes("a", attempt(1, 1, 0, 0), 0);
        it.becomes("b", attempt(1, 1, 1, 0), TaskState.RUNNING);
        it.on(
                new Event.EnumeratorFailed(
                        JobGraphs.id(1),
                        1,
                        0,
                        CoordinatorHarness.report(ErrorCode.EXCHANGE_FAILED)));
        it.writes("b", attempt(1, 1, 1, 0), 0, 5, 5);
        assertThat(it.sent(ToWorker.DropResults.class))
                .flatExtracting(ToWorker.DropResults::results)
                .containsExactly(result(0, 1, 0));
        writes(attempt(1, 1, 0, 1), 0);
        assertThat(deployed()).as("its own next attempt has not run").isEmpty();
    }

    @Test
    void aCancelledJobEndsWhateverItsStagesDo() {
        begin(threeStages(KEY_GROUP));
        firstStageIsThrough();
        it.on(new Event.JobCancelRequested(JobGraphs.id(1), "an operator"));
        it.becomes("a", attempt(1, 2, 0, 0), TaskState.CANCELED);
        it.becomes("b", attempt(1, 2, 1, 0), TaskState.CANCELED);
        assertThat(it.job(1).state()).isEqualTo(JobState.CANCELED);
        assertThat(it.sent(ToWorker.ReleaseJob.class)).hasSize(2);
    }

    private static Event.SplitsAssigned assigned(int subtask, int generation, boolean last) {
        return new Event.SplitsAssigned(
                JobGraphs.id(1), 1, 0, generation, subtask, 1, List.of(SPLIT), last);
    }
}
