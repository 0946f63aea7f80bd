package io.millrace.runtime.task;

import io.millrace.runtime.accumulator.TaskAccumulators;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.message.StoredResult;
import io.millrace.runtime.message.TaskProgress;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.ResultId;
import java.util.List;
import java.util.function.Consumer;

/**
 * What is known of a task outside of it: its state, and its numbers. Confined to the task, but for
 * what says that any thread calls it.
 */
final class TaskReports {
    private final AttemptId attempt;
    private final TaskAccumulators accumulators;
    private final Consumer<ToCoordinator> listener;
    private final TaskClock clock;
    private final TaskCounters counters;
    private final TimeReport timeReport = new TimeReport();
    // Written by the task, read by any: whether it has ended.
    private volatile TaskState state = TaskState.DEPLOYING;

    // Set by turns, cleared by a heartbeat, which then sets the other one for the next turn.
    private volatile boolean hasWorked;
    private volatile boolean timeWanted;

    /**
     * @param listener told of changes of the state
     */
    TaskReports(
            AttemptId attempt,
            TaskAccumulators accumulators,
            Consumer<ToCoordinator> listener,
            TaskClock clock) {
        this.attempt = attempt;
        this.accumulators = accumulators;
        this.listener = listener;
        this.clock = clock;
        this.counters = new TaskCounters(attempt, accumulators);
    }

    // ---- any thread

    TaskState state() {
        return state;
    }

    TaskProgress progress() {
        return counters.progress();
    }

    /**
     * The counters for a heartbeat; asks for accumulators and event time.
     *
     * @param wakeUp asks for a turn, in which they are read
     */
    TaskProgress beat(Runnable wakeUp) {
        if (!state.isTerminal()) {
            boolean asks = accumulators.askForLive();
            if (hasWorked) {
                hasWorked = false;
                timeWanted = true;
                asks = true;
            }
            if (asks) {
                wakeUp.run();
            }
        }
        return counters.progress();
    }

    // ---- the task

    TaskCounters counters() {
        return counters;
    }

    /** A turn has done something for so long. */
    void worked(long nanos) {
        hasWorked = true;
        counters.busy(nanos);
    }

    /** Accumulators are read where the program's functions do not run. */
    void publishAccumulators() {
        accumulators.publishIfWanted();
    }

    /** The numbers of a chain that is open. */
    void publish(Chain chain) {
        if (timeWanted) {
            timeWanted = false;
            counters.time(timeReport.of(chain, clock.wallMs()));
        }
        counters.publish(
                state, chain.recordsIn(), chain.recordsOut(), chain.bytesIn(), chain.bytesOut());
    }

    void become(TaskState next) {
        state = next;
        counters.publish(next);
    }

    /** Tells of a state with which nothing comes along. */
    void tell() {
        tell(null, List.of(), List.of(), null);
    }

    /** It has finished with these. */
    void tellFinished(List<OperatorCommittables> committables, List<StoredResult> results) {
        tell(null, committables, results, null);
    }

    /**
     * It has failed.
     *
     * @param lost what it could not read of an earlier stage; null if that is not the reason
     */
    void tellFailed(FailureReport failure, ResultId lost) {
        tell(failure, List.of(), List.of(), lost);
    }

    private void tell(
            FailureReport failure,
            List<OperatorCommittables> committables,
            List<StoredResult> results,
            ResultId lost) {
        listener.accept(
                new ToCoordinator.TaskChanged(
                        attempt, state, failure, committables, counters.progress(), results, lost));
    }
}
