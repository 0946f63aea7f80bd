package io.millrace.coordinator.job;

import io.millrace.coordinator.CoordinatorSettings;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.plan.JobGraph;
import java.util.List;

/**
 * A commit of what a job has left at its end: what it is, how often it was tried, and how it ended.
 * Confined to the coordinator's thread.
 */
final class Committing {
    private final JournalEntry.CommitStarted entry;
    private final boolean last;
    private final CoordinatorSettings settings;
    private int tries;
    private boolean underWay;
    private boolean over;
    private FailureReport failure;

    /**
     * @param last whether no output of the job can follow: all of its input has ended
     */
    Committing(JournalEntry.CommitStarted entry, boolean last, CoordinatorSettings settings) {
        this.entry = entry;
        this.last = last;
        this.settings = settings;
    }

    /** Also to be called again after a failure; the entry has been journalled before. */
    List<Effect> start(JobGraph graph) {
        tries++;
        underWay = true;
        return List.of(new Effect.Commit(graph, entry.committables(), last));
    }

    /** The try under way has failed. */
    CommitDecision failed(FailureReport why) {
        underWay = false;
        return CommitDecision.of(
                why,
                tries,
                settings.commitAttempts(),
                settings.commitRetryDelayMs(),
                entry.committables().size());
    }

    /** Nothing more will be committed: because of this failure, or everything is if it is null. */
    void end(FailureReport why) {
        over = true;
        failure = why;
    }

    JournalEntry.CommitStarted entry() {
        return entry;
    }

    int tries() {
        return tries;
    }

    /** Whether this was the last try, and another shall follow. */
    boolean isDue(int triesBefore) {
        return !underWay && tries == triesBefore;
    }

    /** Whether the committers are at work. */
    boolean isUnderWay() {
        return underWay;
    }

    /** Whether nothing more will be committed. */
    boolean isOver() {
        return over;
    }

    /** Why not everything is committed; null if everything is. */
    FailureReport failure() {
        return failure;
    }
}
