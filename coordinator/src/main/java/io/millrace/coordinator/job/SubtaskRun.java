package io.millrace.coordinator.job;

import io.millrace.coordinator.ClusterView.Counters;
import io.millrace.coordinator.journal.SubtaskStep;
import io.millrace.runtime.message.AccumulatorValue;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.message.ResultInput;
import io.millrace.runtime.message.ResultSlice;
import io.millrace.runtime.message.TaskProgress;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.TaskTime;
import io.millrace.runtime.message.WorkerAddress;
import io.millrace.runtime.plan.AttemptId;
import java.util.List;

/** An attempt of one subtask, mostly its current one. Confined to the coordinator's thread. */
final class SubtaskRun {
    private final int slot;
    private AttemptId id;
    private TaskState state = TaskState.CREATED;
    private WorkerAddress worker;
    private Counters counters = Counters.ZERO;
    private List<OperatorCommittables> committables = List.of();
    private List<AccumulatorValue> accumulators = List.of();
    private TaskTime time = TaskTime.NONE;
    private TaskProgress last; // null before it has told any
    private boolean ownSlot;
    private long startedAtMs;
    private long tookMs = -1;

    SubtaskRun(AttemptId id, int slot) {
        this.id = id;
        this.slot = slot;
    }

    /** A new attempt, on this worker; what the one before had prepared is dropped. */
    void deploy(int attempt, WorkerAddress on, long nowMs) {
        ownSlot = false;
        startedAtMs = nowMs;
        tookMs = -1;
        id = new AttemptId(id.jobId(), id.vertexId(), id.subtask(), attempt);
        state = TaskState.DEPLOYING;
        worker = on;
        counters = Counters.ZERO;
        committables = List.of();
        accumulators = List.of();
        time = TaskTime.NONE;
        last = null;
    }

    /** What it reads of earlier stages, now that it is deployed. */
    void reads(List<ResultInput> inputs) {
        long local = 0;
        long remote = 0;
        for (ResultInput input : inputs) {
            long bytes = input.slices().stream().mapToLong(ResultSlice::bytes).sum();
            if (input.worker().workerId().equals(workerId())) {
                local += bytes;
            } else {
                remote += bytes;
            }
        }
        counters = new Counters(0, 0, 0, 0, local, remote);
    }

    /** It has finished so under an earlier leader. */
    void resume(SubtaskStep step) {
        id = step.attempt();
        state = TaskState.FINISHED;
        worker = step.worker();
        count(step.progress());
        committables = step.committables();
    }

    /** Whether it runs in a slot beside those of its region. */
    boolean hasOwnSlot() {
        return ownSlot;
    }

    void hasOwnSlot(boolean own) {
        ownSlot = own;
    }

    /** When it was deployed. */
    long startedAtMs() {
        return startedAtMs;
    }

    /** It has finished. */
    void finishedAt(long nowMs) {
        tookMs = nowMs - startedAtMs;
    }

    /** How long it took; −1 if it has not finished under this leader. */
    long tookMs() {
        return tookMs;
    }

    /** Where it runs or ran; null before the first deployment. */
    WorkerAddress worker() {
        return worker;
    }

    /**
     * Whether the attempt may go to this state; what is not listed in {@link TaskState} is stale.
     */
    boolean mayBecome(TaskState next) {
        return switch (state) {
            case CREATED, FINISHED, CANCELED, FAILED -> false;
            case DEPLOYING -> next == TaskState.RUNNING || next.isTerminal();
            case RUNNING, CANCELING -> next.isTerminal();
        };
    }

    void become(TaskState next) {
        state = next;
    }

    /** Whether something may still run. */
    boolean isLive() {
        return state == TaskState.DEPLOYING
                || state == TaskState.RUNNING
                || state == TaskState.CANCELING;
    }

    void count(TaskProgress progress) {
        last = progress;
        counters =
                new Counters(
                        progress.recordsIn(),
                        progress.recordsOut(),
                        progress.bytesIn(),
                        progress.bytesOut(),
                        counters.localReadBytes(),
                        counters.remoteReadBytes());
        accumulators = progress.accumulators();
        time = progress.time();
    }

    /** As last told; null if nothing was. */
    TaskProgress progress() {
        return last;
    }

    void prepared(List<OperatorCommittables> prepared) {
        committables = prepared;
    }

    AttemptId id() {
        return id;
    }

    TaskState state() {
        return state;
    }

    int slot() {
        return slot;
    }

    /** Null before the first deployment. */
    String workerId() {
        return worker == null ? null : worker.workerId();
    }

    /** Null before the first deployment. */
    String host() {
        return worker == null ? null : worker.host();
    }

    Counters counters() {
        return counters;
    }

    /** Where event time stands, as last told. */
    TaskTime time() {
        return time;
    }

    /** As last told: while the attempt runs, the small ones; all of them when it has finished. */
    List<AccumulatorValue> accumulators() {
        return accumulators;
    }

    List<OperatorCommittables> committables() {
        return committables;
    }
}
