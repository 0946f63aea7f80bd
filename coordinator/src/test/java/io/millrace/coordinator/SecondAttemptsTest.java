package io.millrace.coordinator;

import static io.millrace.api.graph.OperatorSpec.Kind.MAP;
import static io.millrace.api.graph.OperatorSpec.Kind.SINK;
import static io.millrace.api.graph.OperatorSpec.Kind.SOURCE;
import static io.millrace.api.graph.Partitioning.Kind.KEY_GROUP;
import static io.millrace.coordinator.CoordinatorHarness.attempt;
import static io.millrace.coordinator.CoordinatorHarness.prepared;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.error.ErrorCode;
import io.millrace.coordinator.TimerId.Purpose;
import io.millrace.coordinator.blocklist.BlockedNode;
import io.millrace.coordinator.job.JobState;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.message.ResultInput;
import io.millrace.runtime.message.TaskProgress;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.ResultId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Slow subtasks of stages that are tried again while they run. */
class SecondAttemptsTest {
    private static final AttemptId FIRST = attempt(1, 2, 3, 0);
    private static final AttemptId SECOND = attempt(1, 2, 3, 1);
    private static final AttemptId THIRD = attempt(1, 2, 3, 2);

    private final CoordinatorHarness it = new CoordinatorHarness();
    private int looks = 1;

    /** A source, four maps, four sinks; edges 0 and 1 between them. */
    private static JobGraphs graph() {
        String time = "slow-task-detector.execution-time.";
        return JobGraphs.job(1)
                .vertex(1, SOURCE)
                .vertex(4, MAP)
                .vertex(4, SINK)
                .stored(1, 2, KEY_GROUP)
                .stored(2, 3, KEY_GROUP)
                .config("execution.batch.speculative.enabled", "true")
                .config("execution.batch.speculative.block-slow-node-duration", "0 ms")
                .config(time + "baseline-lower-bound", "10 s");
    }

    private void begin(JobGraph graph) {
        it.submit(graph);
        for (String worker : List.of("a", "b", "c", "d")) {
            it.registers(worker, 1);
        }
        it.becomes("a", attempt(1, 1, 0, 0), TaskState.RUNNING);
        it.writes("a", attempt(1, 1, 0, 0), 0, 5, 5, 5, 5);
        for (int subtask = 0; subtask < 4; subtask++) {
            it.becomes(workerOf(subtask), attempt(1, 2, subtask, 0), TaskState.RUNNING);
        }
    }

    private String workerOf(int subtask) {
        return it.subtask(1, 2, subtask).workerId();
    }

    /** Three of four are through after two seconds; the fourth runs on. */
    private String threeOfFourFinish(JobGraph graph) {
        begin(graph);
        String slow = workerOf(3);
        it.nowMs += 2_000;
        for (int subtask = 0; subtask < 3; subtask++) {
            it.writes(workerOf(subtask), attempt(1, 2, subtask, 0), 1, 5, 5, 5, 5);
        }
        return slow;
    }

    private List<Effect> looksAgain() {
        return it.fires(Purpose.SLOW_TASKS, JobGraphs.id(1).hex(), looks++);
    }

    /** Returns the worker of the second attempt. */
    private String secondBegins() {
        it.nowMs += 9_000;
        looksAgain();
        return it.effects(Effect.Send.class).stream()
                .filter(send -> send.message() instanceof ToWorker.DeployTasks)
                .findFirst()
                .orElseThrow()
                .workerId();
    }

    private List<AttemptId> deployed() {
        return it.sent(ToWorker.DeployTasks.class).stream()
                .flatMap(deploy -> deploy.tasks().stream())
                .toList();
    }

    private List<AttemptId> cancelled() {
        return it.sent(ToWorker.CancelTasks.class).stream()
                .flatMap(cancel -> cancel.tasks().stream())
                .toList();
    }

    /** Whatever runs of the third stage finishes with a committable. */
    private void sinksFinish() {
        for (int subtask = 0; subtask < 4; subtask++) {
            AttemptId sink = attempt(1, 3, subtask, 0);
            String worker = it.subtask(1, 3, subtask).workerId();
            it.becomes(worker, sink, TaskState.RUNNING);
            it.finishes(worker, sink, prepared(3, subtask, subtask));
        }
    }

    private int freeSlots() {
        return it.coordinator.view().workers().stream()
                .mapToInt(ClusterView.WorkerView::freeSlots)
                .sum();
    }

    @Test
    void aSlowSubtaskIsTriedAgainOnAnotherWorker() {
        String slow = threeOfFourFinish(graph().build());
        it.nowMs += 7_000;
        looksAgain();
        assertThat(deployed()).as("9 s are not slow yet").isEmpty();
        it.nowMs += 1_000;
        looksAgain();
        assertThat(deployed()).containsExactly(SECOND);
        assertThat(it.effects(Effect.Send.class).get(0).workerId()).isNotEqualTo(slow);
        assertThat(it.sent(ToWorker.DeployTasks.class).get(0).inputs())
                .extracting(ResultInput::id)
                .containsExactly(new ResultId(JobGraphs.id(1), 0, 0, 0));
        assertThat(it.subtask(1, 2, 3).attempt()).as("the first is the current one").isZero();
        it.nowMs += 60_000;
        looksAgain();
        assertThat(deployed()).as("there are never more than two").isEmpty();
    }

    @Test
    void nothingIsTriedAgainUnlessTheJobAsksForIt() {
        it.submit(graph().config("execution.batch.speculative.enabled", "false").build());
        it.registers("a", 1);
        assertThat(it.effects(Effect.SetTimer.class))
                .extracting(set -> set.timer().purpose())
                .doesNotContain(Purpose.SLOW_TASKS);
    }

    @Test
    void theSecondAttemptsResultsCountIfItIsFirst() {
        String slow = threeOfFourFinish(graph().build());
        String other = secondBegins();
        it.becomes(other, SECOND, TaskState.RUNNING);
        it.writes(other, SECOND, 1, 6, 6, 6, 6);
        assertThat(cancelled()).containsExactly(FIRST);
        assertThat(deployed()).as("the next stage does not wait for the loser").isNotEmpty();
        assertThat(it.sent(ToWorker.DeployTasks.class).get(0).inputs())
                .extracting(ResultInput::id)
                .contains(new ResultId(JobGraphs.id(1), 1, 3, 1))
                .doesNotContain(new ResultId(JobGraphs.id(1), 1, 3, 0));
        assertThat(it.effects(Effect.Send.class))
                .filteredOn(send -> send.message() instanceof ToWorker.DeployTasks)
                .extracting(Effect.Send::workerId)
                .as("its slot is not given to anybody yet")
                .doesNotContain(slow);
        assertThat(it.job(1).vertex(2).orElseThrow().decision())
                .contains("1 second attempts of slow subtasks, 1 of them first to finish");
    }

    @Test
    void aLoserThatFinishesLateChangesNothing() {
        String slow = threeOfFourFinish(graph().build());
        String other = secondBegins();
        it.becomes(other, SECOND, TaskState.RUNNING);
        it.writes(other, SECOND, 1, 6, 6, 6, 6);
        it.writes(slow, FIRST, 1, 5, 5, 5, 5);
        assertThat(it.sent(ToWorker.DropResults.class))
                .flatExtracting(ToWorker.DropResults::results)
                .containsExactly(new ResultId(JobGraphs.id(1), 1, 3, 0));
        assertThat(it.subtask(1, 2, 3).attempt()).isEqualTo(1);
        assertThat(deployed()).as("its slot is free for the next stage").hasSize(1);
    }

    @Test
    void theFirstAttemptMayBeFirstAfterAll() {
        String slow = threeOfFourFinish(graph().build());
        String other = secondBegins();
        it.becomes(other, SECOND, TaskState.RUNNING);
        it.writes(slow, FIRST, 1, 5, 5, 5, 5);
        assertThat(cancelled()).containsExactly(SECOND);
        it.becomes(other, SECOND, TaskState.CANCELED);
        it.becomes(other, SECOND, TaskState.CANCELED);
        assertThat(it.subtask(1, 2, 3).attempt()).isZero();
        assertThat(deployed().size() + freeSlots()).as("each slot came back once").isZero();
        sinksFinish();
        assertThat(it.job(1).state()).isEqualTo(JobState.COMMITTING);
    }

    @Test
    void aJobCommitsWhenLosersHaveEndedAndNothingOfThem() {
        String slow = threeOfFourFinish(graph().build());
        String other = secondBegins();
        it.becomes(other, SECOND, TaskState.RUNNING);
        it.writes(other, SECOND, 1, 6, 6, 6, 6);
        for (int subtask = 0; subtask < 4; subtask++) {
            AttemptId sink = attempt(1, 3, subtask, 0);
            String worker = it.subtask(1, 3, subtask).workerId();
            if (worker == null) { // the fourth waits for a slot: the loser has it
                worker = it.subtask(1, 3, 0).workerId();
            }
            it.becomes(worker, sink, TaskState.RUNNING);
            it.finishes(worker, sink, prepared(3, subtask, subtask));
        }
        if (it.subtask(1, 3, 3).state() != TaskState.FINISHED) {
            AttemptId last = attempt(1, 3, 3, 0);
            String worker = it.subtask(1, 3, 3).workerId();
            it.becomes(worker, last, TaskState.RUNNING);
            it.finishes(worker, last, prepared(3, 3, 3));
        }
        assertThat(it.job(1).state()).isEqualTo(JobState.RUNNING);
        it.says(
                slow,
                new ToCoordinator.TaskChanged(
                        FIRST,
                        TaskState.FINISHED,
                        null,
                        List.of(prepared(2, 3, 99)),
                        new TaskProgress(FIRST, TaskState.FINISHED, 9, 9, 9, 9, 0, 0)));
        assertThat(it.job(1).state()).isEqualTo(JobState.COMMITTING);
        Effect.Commit commit = it.effects(Effect.Commit.class).get(0);
        assertThat(commit.committables())
                .extracting(OperatorCommittables::vertexId)
                .containsExactly(3, 3, 3, 3);
    }

    @Test
    void aLoserThatDoesNotEndCostsItsWorker() {
        String slow = threeOfFourFinish(graph().build());
        String other = secondBegins();
        it.becomes(other, SECOND, TaskState.RUNNING);
        it.writes(other, SECOND, 1, 6, 6, 6, 6);
        Effect.SetTimer deadline =
                it.effects(Effect.SetTimer.class).stream()
                        .filter(set -> set.timer().purpose() == Purpose.CANCEL_DEADLINE)
                        .findFirst()
                        .orElseThrow();
        it.on(new Event.TimerFired(deadline.timer()));
        assertThat(it.effects(Effect.ReleaseWorker.class))
                .extracting(Effect.ReleaseWorker::workerId)
                .containsExactly(slow);
        assertThat(it.job(1).restarts()).isZero();
    }

    @Test
    void theSecondAttemptGoesOnWhenTheFirstBreaks() {
        String slow = threeOfFourFinish(graph().build());
        String other = secondBegins();
        it.becomes(other, SECOND, TaskState.RUNNING);
        it.gone(slow);
        assertThat(it.job(1).restarts()).isZero();
        assertThat(it.job(1).state()).isEqualTo(JobState.RUNNING);
        assertThat(it.subtask(1, 2, 3).attempt()).isEqualTo(1);
        it.fails(other, SECOND, ErrorCode.STORAGE_FAILED);
        assertThat(it.job(1).restarts()).as("nobody is left").isOne();
    }

    @Test
    void theFirstAttemptGoesOnWhenTheSecondBreaksWhateverTheReason() {
        String slow = threeOfFourFinish(graph().build());
        String other = secondBegins();
        it.becomes(other, SECOND, TaskState.RUNNING);
        it.fails(other, SECOND, ErrorCode.USER_CODE_FAILED);
        assertThat(it.job(1).state()).isEqualTo(JobState.RUNNING);
        assertThat(it.job(1).restarts()).isZero();
        assertThat(it.job(1).exceptions()).hasSize(1);
        it.nowMs += 60_000;
        looksAgain();
        assertThat(deployed()).as("one more try is enough").isEmpty();
        it.writes(slow, FIRST, 1, 5, 5, 5, 5);
        assertThat(it.subtask(1, 2, 3).state()).isEqualTo(TaskState.FINISHED);
    }

    @Test
    void aMistakeOfTheProgramFailsTheJobWithoutWaitingForTheSecondAttempt() {
        String slow = threeOfFourFinish(graph().build());
        String other = secondBegins();
        it.becomes(other, SECOND, TaskState.RUNNING);
        it.fails(slow, FIRST, ErrorCode.USER_CODE_FAILED);
        assertThat(it.job(1).state()).isEqualTo(JobState.CANCELLING);
        assertThat(cancelled()).containsExactly(SECOND);
    }

    @Test
    void cancellingAJobEndsBothAttempts() {
        String slow = threeOfFourFinish(graph().build());
        String other = secondBegins();
        it.becomes(other, SECOND, TaskState.RUNNING);
        it.on(new Event.JobCancelRequested(JobGraphs.id(1), "me"));
        assertThat(cancelled()).containsExactlyInAnyOrder(FIRST, SECOND);
        it.becomes(slow, FIRST, TaskState.CANCELED);
        assertThat(it.job(1).state()).isEqualTo(JobState.CANCELLING);
        it.becomes(other, SECOND, TaskState.CANCELED);
        assertThat(it.job(1).state()).isEqualTo(JobState.CANCELED);
        assertThat(it.coordinator.view().workers())
                .as("each slot came back")
                .allMatch(worker -> worker.freeSlots() == worker.slots());
    }

    @Test
    void aLostResultIsWrittenAgainOnlyWhenTheLoserHasEnded() {
        String slow = threeOfFourFinish(graph().build());
        String other = secondBegins();
        it.becomes(other, SECOND, TaskState.RUNNING);
        it.writes(other, SECOND, 1, 6, 6, 6, 6);
        it.gone(other);
        it.registers("e", 4);
        AttemptId source = attempt(1, 1, 0, 1); // what it wrote is lost, too
        assertThat(deployed()).contains(source).doesNotContain(THIRD);
        String worker = it.subtask(1, 1, 0).workerId();
        it.becomes(worker, source, TaskState.RUNNING);
        it.writes(worker, source, 0, 5, 5, 5, 5);
        assertThat(deployed()).doesNotContain(THIRD);
        it.becomes(slow, FIRST, TaskState.CANCELED);
        assertThat(deployed()).contains(THIRD);
    }

    @Test
    void aWorkerIsAskedForIfThereIsNoneForTheSecondAttempt() {
        it.submit(graph().build());
        it.registers("a", 4);
        it.becomes("a", attempt(1, 1, 0, 0), TaskState.RUNNING);
        it.writes("a", attempt(1, 1, 0, 0), 0, 5, 5, 5, 5);
        for (int subtask = 0; subtask < 4; subtask++) {
            it.becomes("a", attempt(1, 2, subtask, 0), TaskState.RUNNING);
        }
        for (int subtask = 0; subtask < 3; subtask++) {
            it.writes("a", attempt(1, 2, subtask, 0), 1, 5, 5, 5, 5);
        }
        it.nowMs += 10_000;
        looksAgain();
        assertThat(deployed()).as("never beside the slow one").isEmpty();
        assertThat(it.effects(Effect.WantWorkers.class))
                .extracting(Effect.WantWorkers::count)
                .containsExactly(2);
        it.on(new Event.WorkersRefused(CoordinatorHarness.report(ErrorCode.RESOURCES_NOT_GRANTED)));
        assertThat(it.job(1).state()).as("that is no reason to fail").isEqualTo(JobState.RUNNING);
        it.registers("b", 1);
        assertThat(deployed()).containsExactly(SECOND);
    }

    @Test
    void anotherNodeIsBetterThanAnotherWorkerOfTheSameNode() {
        it.submit(graph().build());
        it.registers("a", "here", 4);
        it.becomes("a", attempt(1, 1, 0, 0), TaskState.RUNNING);
        it.writes("a", attempt(1, 1, 0, 0), 0, 5, 5, 5, 5);
        for (int subtask = 0; subtask < 4; subtask++) {
            it.becomes("a", attempt(1, 2, subtask, 0), TaskState.RUNNING);
        }
        for (int subtask = 0; subtask < 3; subtask++) {
            it.writes("a", attempt(1, 2, subtask, 0), 1, 5, 5, 5, 5);
        }
        it.registers("b", "here", 3);
        it.registers("c", "elsewhere", 1);
        it.nowMs += 1_000;
        assertThat(secondBegins()).isEqualTo("c");
    }

    @Test
    void theNodeOfASlowTaskIsBlocked() {
        String slow =
                threeOfFourFinish(
                        graph().config(
                                        "execution.batch.speculative.block-slow-node-duration",
                                        "20 s")
                                .build());
        secondBegins();
        assertThat(it.effects(Effect.AvoidNodes.class).get(0).nodes())
                .extracting(BlockedNode::node)
                .containsExactly("host-" + slow);
        assertThat(it.coordinator.view().blocked().get(0).reason()).contains("/2/3#0", "slow");
    }

    @Test
    void theNextLeaderKnowsTheWinner() {
        threeOfFourFinish(graph().build());
        String other = secondBegins();
        it.becomes(other, SECOND, TaskState.RUNNING);
        it.writes(other, SECOND, 1, 6, 6, 6, 6);
        JournalEntry.StagesProgressed entry =
                it.journal.stream()
                        .filter(JournalEntry.StagesProgressed.class::isInstance)
                        .map(JournalEntry.StagesProgressed.class::cast)
                        .reduce((first, last) -> last)
                        .orElseThrow();
        assertThat(entry.steps()).extracting(step -> step.attempt()).contains(SECOND);
        assertThat(entry.steps()).extracting(step -> step.attempt()).doesNotContain(FIRST);
    }

    /** Four subtasks of a source, of which three finish after two seconds; four sinks. */
    private void threeOfFourSourcesFinish() {
        it.submit(
                JobGraphs.job(1)
                        .vertex(4, SOURCE)
                        .vertex(4, SINK)
                        .stored(1, 2, KEY_GROUP)
                        .config("execution.batch.speculative.enabled", "true")
                        .config("execution.batch.speculative.block-slow-node-duration", "0 ms")
                        .config("slow-task-detector.execution-time.baseline-lower-bound", "10 s")
                        .build());
        for (String worker : List.of("a", "b", "c", "d")) {
            it.registers(worker, 1);
        }
        for (int subtask = 0; subtask < 4; subtask++) {
            it.becomes(sourceWorker(subtask), attempt(1, 1, subtask, 0), TaskState.RUNNING);
        }
        it.nowMs += 2_000;
        for (int subtask = 0; subtask < 3; subtask++) {
            it.writes(sourceWorker(subtask), attempt(1, 1, subtask, 0), 0, 5, 5, 5, 5);
        }
    }

    private String sourceWorker(int subtask) {
        return it.subtask(1, 1, subtask).workerId();
    }

    private void isGiven(int split, boolean last) {
        it.on(
                new Event.SplitsAssigned(
                        JobGraphs.id(1), 1, 0, 0, 3, 1, List.of(new byte[] {(byte) split}), last));
    }

    /** Attempt, first byte of the first split or 0, and whether it is the last one. */
    private List<String> splitsSent() {
        return it.sent(ToWorker.AssignSplits.class).stream()
                .map(
                        sent ->
                                sent.attempt().attempt()
                                        + ":"
                                        + (sent.splits().isEmpty() ? 0 : sent.splits().get(0)[0])
                                        + (sent.noMoreSplits() ? " last" : ""))
                .toList();
    }

    @Test
    void bothAttemptsOfASourceReadTheSameSplitsAndAskForThemOnce() {
        threeOfFourSourcesFinish();
        isGiven(7, false);
        String worker = secondBegins();
        AttemptId first = attempt(1, 1, 3, 0);
        AttemptId second = attempt(1, 1, 3, 1);
        assertThat(deployed()).containsExactly(second);
        assertThat(splitsSent()).containsExactly("1:7");
        it.becomes(worker, second, TaskState.RUNNING);
        assertThat(it.effects(Effect.ReaderRegistered.class)).isEmpty();

        it.says(worker, new ToCoordinator.SplitRequested(second, 0, "host"));
        assertThat(it.effects(Effect.SplitRequest.class)).hasSize(1);
        it.says(sourceWorker(3), new ToCoordinator.SplitRequested(first, 0, "host"));
        assertThat(it.effects(Effect.SplitRequest.class)).as("has been asked").isEmpty();
        isGiven(8, true);
        assertThat(splitsSent()).containsExactlyInAnyOrder("0:8 last", "1:8 last");
        it.says(worker, new ToCoordinator.SplitRequested(second, 0, "host"));
        assertThat(it.effects(Effect.SplitRequest.class)).as("has been answered").isEmpty();
        assertThat(splitsSent()).containsExactly("1:0 last");

        String slow = sourceWorker(3);
        it.writes(worker, second, 0, 5, 5, 5, 5);
        assertThat(cancelled()).containsExactly(first);
        it.becomes(slow, first, TaskState.CANCELED);
        assertThat(it.subtask(1, 1, 3).attempt()).isEqualTo(1);
    }

    @Test
    void anEventOfAnAttemptBesideIsNobodysBusiness() {
        threeOfFourSourcesFinish();
        isGiven(7, true);
        String worker = secondBegins();
        AttemptId second = attempt(1, 1, 3, 1);
        it.becomes(worker, second, TaskState.RUNNING);
        it.says(worker, new ToCoordinator.ReaderEvent(second, 0, new byte[] {1}));
        assertThat(it.effects(Effect.ReaderEvent.class)).isEmpty();
    }

    @Test
    void aSourceWhoseReadersAndEnumeratorTalkIsNotTriedAgain() {
        threeOfFourSourcesFinish();
        it.says(
                sourceWorker(3),
                new ToCoordinator.ReaderEvent(attempt(1, 1, 3, 0), 0, new byte[] {1}));
        isGiven(7, true);
        it.nowMs += 60_000;
        looksAgain();
        assertThat(deployed()).isEmpty();
    }

    private void hearsAttempts() {
        it.on(new Event.EnumeratorHearsAttempts(JobGraphs.id(1), 1, 0, 0));
    }

    private void enumeratorSays(int attempt) {
        it.on(new Event.EnumeratorSpoke(JobGraphs.id(1), 1, 0, 0, 3, attempt, new byte[] {9}));
    }

    private List<AttemptId> eventsSentTo() {
        return it.sent(ToWorker.EnumeratorEvent.class).stream()
                .map(ToWorker.EnumeratorEvent::attempt)
                .toList();
    }

    @Test
    void anEnumeratorThatTellsAttemptsApartTalksToEachOfThem() {
        threeOfFourSourcesFinish();
        AttemptId first = attempt(1, 1, 3, 0);
        AttemptId second = attempt(1, 1, 3, 1);
        it.says(sourceWorker(3), new ToCoordinator.ReaderEvent(first, 0, new byte[] {1}));
        hearsAttempts();
        assertThat(it.effects(Effect.ReaderRegistered.class)).as("it knows of the first").isEmpty();
        enumeratorSays(0);
        assertThat(eventsSentTo()).containsExactly(first);
        isGiven(7, true);
        String worker = secondBegins();
        it.becomes(worker, second, TaskState.RUNNING);
        assertThat(it.effects(Effect.ReaderRegistered.class))
                .singleElement()
                .satisfies(
                        told -> {
                            assertThat(told.subtask()).isEqualTo(3);
                            assertThat(told.attempt()).isEqualTo(1);
                        });

        it.says(worker, new ToCoordinator.ReaderEvent(second, 0, new byte[] {1}));
        assertThat(it.effects(Effect.ReaderEvent.class))
                .singleElement()
                .satisfies(event -> assertThat(event.attempt()).isEqualTo(1));
        enumeratorSays(1);
        assertThat(eventsSentTo()).containsExactly(second);
        enumeratorSays(0);
        assertThat(eventsSentTo()).containsExactly(first);
    }

    @Test
    void anEnumeratorHearsOfAttemptsThatRanBeforeItSaidSo() {
        threeOfFourSourcesFinish();
        isGiven(7, true);
        String worker = secondBegins();
        it.becomes(worker, attempt(1, 1, 3, 1), TaskState.RUNNING);
        hearsAttempts();
        assertThat(it.effects(Effect.ReaderRegistered.class))
                .singleElement()
                .satisfies(told -> assertThat(told.attempt()).isEqualTo(1));
    }

    @Test
    void aSourceThatIsToldSomethingWithoutNamingTheAttemptIsNotTriedAgain() {
        threeOfFourSourcesFinish();
        hearsAttempts();
        isGiven(7, true);
        enumeratorSays(Event.EnumeratorSpoke.ALL_ATTEMPTS);
        assertThat(eventsSentTo()).containsExactly(attempt(1, 1, 3, 0));
        it.nowMs += 60_000;
        looksAgain();
        assertThat(deployed()).isEmpty();
    }

    @Test
    void anEventForAnAttemptThatHasEndedGoesNowhere() {
        threeOfFourSourcesFinish();
        hearsAttempts();
        isGiven(7, true);
        String worker = secondBegins();
        it.becomes(worker, attempt(1, 1, 3, 1), TaskState.RUNNING);
        it.fails(sourceWorker(3), attempt(1, 1, 3, 0), ErrorCode.EXCHANGE_FAILED);
        assertThat(it.effects(Effect.ReaderGone.class)).hasSize(1);
        enumeratorSays(0);
        assertThat(eventsSentTo()).isEmpty();
        enumeratorSays(1);
        assertThat(eventsSentTo()).containsExactly(attempt(1, 1, 3, 1));
    }

    @Test
    void theSecondAttemptOfASourceGetsTheAnswerToARequestOfTheFirstThatBroke() {
        threeOfFourSourcesFinish();
        AttemptId first = attempt(1, 1, 3, 0);
        it.says(sourceWorker(3), new ToCoordinator.SplitRequested(first, 0, "host"));
        String worker = secondBegins();
        AttemptId second = attempt(1, 1, 3, 1);
        it.becomes(worker, second, TaskState.RUNNING);
        it.says(worker, new ToCoordinator.SplitRequested(second, 0, "host"));
        assertThat(it.effects(Effect.SplitRequest.class)).isEmpty();
        it.fails(sourceWorker(3), first, ErrorCode.EXCHANGE_FAILED);
        assertThat(it.subtask(1, 1, 3).attempt()).isEqualTo(1);
        isGiven(7, false);
        assertThat(splitsSent()).containsExactly("1:7");
    }
}
