package io.millrace.coordinator;

import static io.millrace.api.graph.OperatorSpec.Kind.SINK;
import static io.millrace.api.graph.OperatorSpec.Kind.SOURCE;
import static io.millrace.coordinator.CoordinatorHarness.attempt;
import static io.millrace.coordinator.CoordinatorHarness.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.error.ErrorCode;
import io.millrace.coordinator.JobResult.Outcome;
import io.millrace.coordinator.TimerId.Purpose;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.runtime.message.AccumulatorValue;
import io.millrace.runtime.message.TaskProgress;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobGraph;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What tasks accumulate is kept of the attempts that count, and not lost with a leader. */
class AccumulatorsTest {
    private static final JobGraph SINGLE = JobGraphs.job(1).vertex(1, SOURCE, SINK).build();

    private final CoordinatorHarness it = new CoordinatorHarness();

    private static AccumulatorValue value(String name, int bytes) {
        return new AccumulatorValue("map", name, new byte[bytes], null);
    }

    private static TaskProgress progress(
            AttemptId attempt, TaskState state, AccumulatorValue... values) {
        return new TaskProgress(attempt, state, 1, 1, 0, 0, 0, 0, List.of(values));
    }

    private void changes(AttemptId attempt, TaskState state, AccumulatorValue... values) {
        boolean failed = state == TaskState.FAILED;
        it.says(
                "a",
                new ToCoordinator.TaskChanged(
                        attempt,
                        state,
                        failed ? report(ErrorCode.EXCHANGE_FAILED) : null,
                        List.of(),
                        progress(attempt, state, values)));
    }

    private void run(JobGraph graph) {
        it.submit(graph);
        it.registers("a", 4);
    }

    @Test
    void showsWhatHeartbeatsBring() {
        run(SINGLE);
        changes(attempt(1, 1, 0, 0), TaskState.RUNNING);
        var told = value("n", 3);
        it.says(
                "a",
                new ToCoordinator.Heartbeat(
                        "a", 1, List.of(progress(attempt(1, 1, 0, 0), TaskState.RUNNING, told))));
        assertThat(it.job(1).accumulators()).containsExactly(told);
    }

    @Test
    void countsTheAttemptThatFinishedAndNoOther() {
        run(SINGLE);
        changes(attempt(1, 1, 0, 0), TaskState.RUNNING);
        changes(attempt(1, 1, 0, 0), TaskState.FAILED, value("n", 1));
        it.fires(Purpose.RESTART_DELAY, JobGraphs.id(1).hex() + "/0", 0);
        assertThat(it.job(1).accumulators()).isEmpty();
        changes(attempt(1, 1, 0, 1), TaskState.RUNNING);
        var told = value("n", 2);
        changes(attempt(1, 1, 0, 1), TaskState.FINISHED, told);
        assertThat(it.effects(Effect.Journal.class))
                .extracting(Effect.Journal::entry)
                .containsExactly(
                        new JournalEntry.CommitStarted(
                                JobGraphs.id(1), List.of(), List.of(told), 1, 1));
        it.on(new Event.CommitEnded(JobGraphs.id(1), null));
        assertThat(it.effects(Effect.JobEnded.class).get(0).result().accumulators())
                .containsExactly(told);
    }

    @Test
    void keepsThemUnderAChangeOfLeaderWhileItCommits() {
        var told = value("n", 2);
        it.coordinator.recover(
                List.of(
                        new JournalEntry.JobAccepted(SINGLE, 10),
                        new JournalEntry.CommitStarted(
                                JobGraphs.id(1), List.of(), List.of(told), 1, 1)),
                it.nowMs);
        it.submit(SINGLE);
        it.on(new Event.CommitEnded(JobGraphs.id(1), null));
        assertThat(it.effects(Effect.JobEnded.class).get(0).result().accumulators())
                .containsExactly(told);
    }

    @Test
    void dropsThoseOfAJobThatWasCancelled() {
        run(SINGLE);
        changes(attempt(1, 1, 0, 0), TaskState.RUNNING, value("n", 1));
        it.on(new Event.JobCancelRequested(JobGraphs.id(1), "a test"));
        changes(attempt(1, 1, 0, 0), TaskState.CANCELED, value("n", 1));
        JobResult result = it.effects(Effect.JobEnded.class).get(0).result();
        assertThat(result.outcome()).isEqualTo(Outcome.CANCELED);
        assertThat(result.accumulators()).isEmpty();
    }

    @Test
    void saysOfThoseWithoutRoomThatTheyFoundNone() {
        run(JobGraphs.job(1).vertex(2, SOURCE).build());
        int most = 3 << 20;
        changes(attempt(1, 1, 0, 0), TaskState.RUNNING);
        changes(attempt(1, 1, 1, 0), TaskState.RUNNING);
        changes(attempt(1, 1, 0, 0), TaskState.FINISHED, value("a", most));
        changes(attempt(1, 1, 1, 0), TaskState.FINISHED, value("b", most));
        it.on(new Event.CommitEnded(JobGraphs.id(1), null));
        List<AccumulatorValue> kept =
                it.effects(Effect.JobEnded.class).get(0).result().accumulators();
        assertThat(kept.get(0).bytes()).hasSize(most);
        assertThat(kept.get(1).bytes()).isNull();
        assertThat(kept.get(1).failure()).contains("found no room").contains("4194304");
    }
}
