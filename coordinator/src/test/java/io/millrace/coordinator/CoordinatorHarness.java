package io.millrace.coordinator;

import io.millrace.api.error.ErrorCode;
import io.millrace.coordinator.ClusterView.JobView;
import io.millrace.coordinator.ClusterView.SubtaskView;
import io.millrace.coordinator.TimerId.Purpose;
import io.millrace.coordinator.blocklist.BlocklistSettings;
import io.millrace.coordinator.failover.RestartStrategy;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.message.StoredResult;
import io.millrace.runtime.message.TaskProgress;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.message.WorkerAddress;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.ResultId;
import java.util.ArrayList;
import java.util.List;

/** A coordinator with the clock in the test's hand, and words for what happens to it. */
final class CoordinatorHarness {
    static final long EPOCH = 3;
    static final CoordinatorSettings SETTINGS =
            new CoordinatorSettings(
                    2,
                    1_000,
                    5_000,
                    60_000,
                    3_000,
                    1_000,
                    8_000,
                    3,
                    500,
                    new RestartStrategy.FixedDelay(2, 100),
                    new StageRecovery(true, 7_000),
                    new BlocklistSettings(true, 3, 60_000, 30_000));

    final Coordinator coordinator;
    final List<JournalEntry> journal = new ArrayList<>();
    long nowMs = 1_000;

    /** The effects of the last event. */
    List<Effect> effects = List.of();

    CoordinatorHarness() {
        this.coordinator = new Coordinator(SETTINGS, EPOCH);
    }

    /** The next leader, which begins with the journal that this one has written. */
    CoordinatorHarness(CoordinatorHarness before) {
        this.coordinator = new Coordinator(SETTINGS, EPOCH + 1);
        this.journal.addAll(before.journal);
        did(coordinator.recover(List.copyOf(journal), nowMs));
    }

    private List<Effect> did(List<Effect> decided) {
        effects = decided;
        effects(Effect.Journal.class).forEach(written -> journal.add(written.entry()));
        return effects;
    }

    List<Effect> on(Event event) {
        return did(coordinator.on(event, nowMs));
    }

    List<Effect> submit(JobGraph graph) {
        return on(new Event.JobSubmitted(graph));
    }

    List<Effect> says(String workerId, ToCoordinator message) {
        return on(new Event.WorkerSpoke(workerId, message));
    }

    List<Effect> registers(String workerId, int slots) {
        return registers(workerId, "host-" + workerId, slots);
    }

    List<Effect> registers(String workerId, String host, int slots) {
        return says(
                workerId,
                new ToCoordinator.RegisterWorker(
                        new WorkerAddress(workerId, host, 1), slots, 1, 1, 0));
    }

    /** Several workers of a host. */
    List<Effect> registersOn(String host, String workerId, int slots) {
        return says(
                workerId,
                new ToCoordinator.RegisterWorker(
                        new WorkerAddress(workerId, host, 1), slots, 1, 1, 0));
    }

    /** One of an earlier leader asks to register, and has these results. */
    List<Effect> returns(String workerId, int slots, ResultId... results) {
        return says(
                workerId,
                new ToCoordinator.RegisterWorker(
                        new WorkerAddress(workerId, "host-" + workerId, 1),
                        slots,
                        1,
                        1,
                        EPOCH,
                        List.of(results)));
    }

    List<Effect> gone(String workerId) {
        return on(new Event.WorkerGone(workerId, "exit code 137."));
    }

    List<Effect> becomes(String workerId, AttemptId attempt, TaskState state) {
        return changes(workerId, attempt, state, null, List.of());
    }

    List<Effect> fails(String workerId, AttemptId attempt, ErrorCode code) {
        return changes(workerId, attempt, TaskState.FAILED, report(code), List.of());
    }

    List<Effect> finishes(String workerId, AttemptId attempt, OperatorCommittables... prepared) {
        return changes(workerId, attempt, TaskState.FINISHED, null, List.of(prepared));
    }

    /** Finishes with a result on this worker for an edge, of as many bytes for each reader. */
    List<Effect> writes(String workerId, AttemptId attempt, int edgeId, int... bytes) {
        return writes(workerId, attempt, List.of(stored(workerId, attempt, edgeId, bytes)));
    }

    /** Finishes with these results. */
    List<Effect> writes(String workerId, AttemptId attempt, List<StoredResult> results) {
        return says(
                workerId,
                new ToCoordinator.TaskChanged(
                        attempt,
                        TaskState.FINISHED,
                        null,
                        List.of(),
                        new TaskProgress(attempt, TaskState.FINISHED, 10, 20, 30, 40, 0, 0),
                        results,
                        null));
    }

    /** Of an attempt on this worker, with as many bytes for each reader. */
    StoredResult stored(String workerId, AttemptId attempt, int edgeId, int... bytes) {
        List<StoredResult.Range> ranges = new ArrayList<>();
        for (int each : bytes) {
            ranges.add(new StoredResult.Range(1, each));
        }
        return new StoredResult(
                new ResultId(attempt.jobId(), edgeId, attempt.subtask(), attempt.attempt()),
                coordinator.view().workers().stream()
                        .filter(worker -> worker.id().equals(workerId))
                        .findFirst()
                        .map(worker -> new WorkerAddress(workerId, worker.host(), 1))
                        .orElseThrow(),
                ranges);
    }

    /** Fails since it cannot read a result. */
    List<Effect> misses(String workerId, AttemptId attempt, ResultId lost) {
        return says(
                workerId,
                new ToCoordinator.TaskChanged(
                        attempt,
                        TaskState.FAILED,
                        report(ErrorCode.RESULT_LOST),
                        List.of(),
                        new TaskProgress(attempt, TaskState.FAILED, 1, 2, 3, 4, 0, 0),
                        List.of(),
                        lost));
    }

    private List<Effect> changes(
            String workerId,
            AttemptId attempt,
            TaskState state,
            FailureReport failure,
            List<OperatorCommittables> prepared) {
        return says(
                workerId,
                new ToCoordinator.TaskChanged(
                        attempt,
                        state,
                        failure,
                        prepared,
                        new TaskProgress(attempt, state, 10, 20, 30, 40, 0, 0)));
    }

    /** The timer of this purpose and subject fires. */
    List<Effect> fires(Purpose purpose, String subject, int generation) {
        return on(new Event.TimerFired(new TimerId(purpose, subject, generation)));
    }

    static FailureReport report(ErrorCode code) {
        return new FailureReport(code, "it broke.", "at user.Code", "map");
    }

    static AttemptId attempt(int job, int vertex, int subtask, int attempt) {
        return new AttemptId(JobGraphs.id(job), vertex, subtask, attempt);
    }

    static OperatorCommittables prepared(int vertex, int subtask, int... bytes) {
        byte[] committable = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            committable[i] = (byte) bytes[i];
        }
        return new OperatorCommittables(vertex, 0, subtask, 1, List.of(committable));
    }

    JobView job(int number) {
        return coordinator.view().job(JobGraphs.id(number)).orElseThrow();
    }

    SubtaskView subtask(int job, int vertex, int subtask) {
        return job(job).vertex(vertex).orElseThrow().subtasks().get(subtask);
    }

    List<Effect.Kind> kinds() {
        return effects.stream().map(Effect::kind).toList();
    }

    <E extends Effect> List<E> effects(Class<E> type) {
        return effects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <M extends ToWorker> List<M> sent(Class<M> type) {
        List<M> messages = new ArrayList<>();
        for (Effect.Send send : effects(Effect.Send.class)) {
            if (type.isInstance(send.message())) {
                messages.add(type.cast(send.message()));
            }
        }
        return messages;
    }

    boolean ended(JobId job) {
        return effects(Effect.JobEnded.class).stream()
                .anyMatch(ended -> ended.result().jobId().equals(job));
    }
}
