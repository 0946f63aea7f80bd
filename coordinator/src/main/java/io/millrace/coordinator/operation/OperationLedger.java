package io.millrace.coordinator.operation;

import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.coordinator.JobResult;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.coordinator.operation.OperationView.State;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.plan.JobId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The operations of an application by their ids, and how each has ended. Confined to the
 * coordinator's thread.
 *
 * <p>An operation is journalled before anything is done for it, its place before anything is
 * written there, its end before anybody hears of it; it ends once. Of those that are over the last
 * {@value #REMEMBERED} are known.
 */
public final class OperationLedger {
    static final int REMEMBERED = 1_000;

    private final Map<String, OperationView> operations = new LinkedHashMap<>();
    // Begun by an earlier leader; it is being found out whether they are whole.
    private final Set<String> lookedFor = new LinkedHashSet<>();
    // Open ones that do more than to write a savepoint, which is whole.
    private final Set<String> saved = new LinkedHashSet<>();
    // What earlier leaders did for changes of parallelism that they had no time to end.
    private final Map<String, JournalEntry.JobRescaled> rescaled = new LinkedHashMap<>();

    /** Whether an operation of this id was asked for: asking again does nothing. */
    public boolean knows(String id) {
        return operations.containsKey(id);
    }

    /** Null if it is not known. */
    public OperationView view(String id) {
        return operations.get(id);
    }

    /** All that are known, in the order in which they were asked for. */
    public List<OperationView> views() {
        return List.copyOf(operations.values());
    }

    // ---- the way of one

    /** It is new, and will be done or end with a reason. */
    public List<Effect> accept(Operation asked) {
        operations.put(asked.id(), new OperationView(asked, State.PENDING, null, null, null));
        return List.of(new Effect.Journal(new JournalEntry.OperationAccepted(asked)));
    }

    /** Its savepoint has a place, where nothing is yet. */
    public List<Effect> placed(String id, String path) {
        OperationView now = operations.get(id).at(path);
        operations.put(id, now);
        return List.of(
                new Effect.Journal(
                        new JournalEntry.OperationPlaced(now.operation().jobId(), id, path)));
    }

    /** Its savepoint has begun. */
    public void begun(String id) {
        operations.computeIfPresent(id, (same, view) -> view.running());
    }

    /** Its savepoint is whole and stays, whatever becomes of the rest that it asks for. */
    public void saved(String id) {
        saved.add(id);
    }

    /** Whether it waits or is under way. */
    public boolean isOpen(String id) {
        OperationView view = operations.get(id);
        return view != null && !view.state().isOver();
    }

    public List<Effect> completed(String id, String note) {
        return end(id, null, note);
    }

    public List<Effect> failed(String id, FailureReport why) {
        return end(id, why, null);
    }

    private List<Effect> end(String id, FailureReport why, String note) {
        if (!isOpen(id)) {
            return List.of();
        }
        OperationView open = operations.get(id);
        boolean left = saved.remove(id) && why != null;
        FailureReport told = left ? OperationFailures.afterSavepoint(why, open.path()) : why;
        OperationView ended = open.ended(told, note);
        operations.put(id, ended);
        dropOldest();
        return List.of(
                new Effect.Journal(
                        new JournalEntry.OperationEnded(ended.operation().jobId(), id, told, note)),
                new Effect.OperationEnded(ended));
    }

    private void dropOldest() {
        if (operations.size() > REMEMBERED) {
            operations.entrySet().stream()
                    .filter(entry -> entry.getValue().state().isOver())
                    .findFirst()
                    .map(Map.Entry::getKey)
                    .ifPresent(operations::remove);
        }
    }

    // ---- what ends it from outside

    /** The job has no savepoints to give. */
    public List<Effect> refuse(Operation asked, String jobState) {
        return failed(
                asked.id(),
                jobState == null
                        ? OperationFailures.noSuchJob(asked)
                        : OperationFailures.jobHasEnded(asked, jobState));
    }

    /** The job is one of stages. */
    public List<Effect> refuseOfStages(Operation asked) {
        return failed(asked.id(), OperationFailures.ofStages(asked));
    }

    /** Nobody says where the savepoint is to go. */
    public List<Effect> refuseWithoutDirectory(Operation asked) {
        return failed(asked.id(), OperationFailures.noDirectory(asked));
    }

    /**
     * The job's result is in the journal.
     *
     * @param stoppedBy the operation that the job has ended with, or null
     * @param note of that one
     */
    public List<Effect> jobEnded(JobResult result, String stoppedBy, String note) {
        List<Effect> effects = new ArrayList<>();
        for (OperationView view : views()) {
            String id = view.operation().id();
            if (view.state().isOver()
                    || lookedFor.contains(id) // it may be whole
                    || !view.operation().jobId().equals(result.jobId())) {
                continue;
            }
            if (!id.equals(stoppedBy)) {
                effects.addAll(failed(id, OperationFailures.jobEnded(view.operation(), result)));
            } else if (result.outcome() == JobResult.Outcome.FINISHED) {
                effects.addAll(completed(id, note));
            } else {
                effects.addAll(failed(id, OperationFailures.notCommitted(view.path(), result)));
            }
        }
        return effects;
    }

    // ---- after a change of leader

    /** What the journal says; to be called for all its entries, before {@link #settle}. */
    public void recover(JournalEntry entry) {
        if (entry instanceof JournalEntry.OperationAccepted accepted) {
            Operation asked = accepted.operation();
            operations.put(asked.id(), new OperationView(asked, State.PENDING, null, null, null));
        } else if (entry instanceof JournalEntry.OperationPlaced placed) {
            operations.computeIfPresent(placed.id(), (id, view) -> view.at(placed.path()));
        } else if (entry instanceof JournalEntry.JobRescaled moved) {
            rescaled.put(moved.operationId(), moved);
        } else if (entry instanceof JournalEntry.OperationEnded ended) {
            operations.computeIfPresent(
                    ended.id(), (id, view) -> view.ended(ended.failure(), ended.note()));
            rescaled.remove(ended.id());
            dropOldest();
        }
    }

    /**
     * What becomes of those that an earlier leader had begun. A savepoint may be whole, and nobody
     * had time to say so: that is looked up. A job that was to end with one has ended, commits, or
     * goes on.
     *
     * @param resultOf a job that has ended, else null
     * @param stoppedBy the operation that a job ends or has ended with, else null
     */
    public List<Effect> settle(
            Function<JobId, JobResult> resultOf, Function<JobId, String> stoppedBy) {
        List<Effect> effects = new ArrayList<>();
        for (OperationView view : views()) {
            Operation asked = view.operation();
            if (view.state().isOver()) {
                continue;
            }
            JobResult result = resultOf.apply(asked.jobId());
            boolean stops = asked.id().equals(stoppedBy.apply(asked.jobId()));
            if (stops && result != null) {
                effects.addAll(jobEnded(result, asked.id(), null));
            } else if (stops) {
                begun(asked.id()); // the job commits and ends, and so does the operation
            } else if (asked.kind() == OperationKind.RESCALE || rescaled.containsKey(asked.id())) {
                effects.addAll(settleRescale(view, result));
            } else if (view.path() == null) {
                effects.addAll(failed(asked.id(), OperationFailures.leaderChanged(asked.kind())));
            } else if (asked.kind().stops()) {
                effects.addAll(failed(asked.id(), OperationFailures.leaderChanged(asked.kind())));
                effects.add(new Effect.DiscardSavepoint(asked.jobId(), view.path()));
            } else {
                begun(asked.id());
                lookedFor.add(asked.id());
                effects.add(new Effect.FindSavepoint(asked.jobId(), asked.id(), view.path()));
            }
        }
        return effects;
    }

    /** A job that had begun to run at the new parallelism goes on with that. */
    private List<Effect> settleRescale(OperationView view, JobResult result) {
        Operation asked = view.operation();
        if (view.path() != null) {
            saved(asked.id()); // it was whole before the job moved
        }
        JournalEntry.JobRescaled moved = rescaled.get(asked.id());
        if (result != null) {
            return failed(asked.id(), OperationFailures.jobEnded(asked, result));
        }
        if (moved == null) {
            return failed(asked.id(), OperationFailures.leaderChangedBeforeRescale());
        }
        if (moved.failure() != null) {
            return failed(asked.id(), moved.failure());
        }
        begun(asked.id());
        return List.of();
    }

    /** The answer to {@link Effect.FindSavepoint}. */
    public List<Effect> onFound(Event.SavepointFound found) {
        if (!lookedFor.remove(found.operationId())) {
            return List.of();
        }
        String path = operations.get(found.operationId()).path();
        if (found.failure() != null) {
            return failed(found.operationId(), OperationFailures.unknown(path, found.failure()));
        }
        OperationKind kind = operations.get(found.operationId()).operation().kind();
        if (found.whole() && kind.rescales()) {
            saved(found.operationId());
            return failed(found.operationId(), OperationFailures.leaderChangedBeforeRescale());
        }
        if (found.whole()) {
            return completed(found.operationId(), null);
        }
        List<Effect> effects =
                new ArrayList<>(failed(found.operationId(), OperationFailures.leaderChanged(kind)));
        effects.add(new Effect.DiscardSavepoint(found.jobId(), path));
        return effects;
    }

    /** Jobs that are to be cancelled, since the savepoint that somebody wanted before is whole. */
    public List<Operation> cancelling() {
        return views().stream()
                .filter(view -> view.state() == State.COMPLETED)
                .map(OperationView::operation)
                .filter(asked -> asked.kind() == OperationKind.CANCEL_WITH_SAVEPOINT)
                .toList();
    }
}
