package io.millrace.worker;

import io.millrace.api.error.ErrorCode;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToCoordinator.TaskChanged;
import io.millrace.runtime.task.TaskListener;
import java.util.List;

/**
 * Takes what tasks say straight to the coordinator, on the thread that says it: order per attempt
 * is the caller's order. Thread-safe.
 */
final class TaskVoice implements TaskListener {
    // Set before any task exists, and again by the worker's loop when all of them have ended; read
    // by task threads, which deployment has started later.
    private volatile CoordinatorLink link;

    void speakTo(CoordinatorLink coordinator) {
        link = coordinator;
    }

    @Override
    public void tell(ToCoordinator message) {
        try {
            link.send(message);
        } catch (IllegalArgumentException e) {
            if (!(message instanceof TaskChanged change)) {
                throw e;
            }
            link.send(tooLarge(change, e));
        }
    }

    /** A result that no frame can carry fails its task, and not the thread that had to tell it. */
    private static TaskChanged tooLarge(TaskChanged change, IllegalArgumentException cause) {
        FailureReport report =
                new FailureReport(
                        ErrorCode.INTERNAL,
                        "what task "
                                + change.attempt()
                                + " has to tell with its state "
                                + change.state()
                                + " cannot be sent: "
                                + cause.getMessage()
                                + ". Make its "
                                + change.committables().size()
                                + " committables smaller or fewer, for instance by larger files.",
                        "",
                        null);
        return new TaskChanged(
                change.attempt(), TaskState.FAILED, report, List.of(), change.progress());
    }
}
