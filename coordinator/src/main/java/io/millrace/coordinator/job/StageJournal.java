package io.millrace.coordinator.job;

import io.millrace.coordinator.Effect;
import io.millrace.coordinator.journal.DecidedStage;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.coordinator.journal.ReadSource;
import io.millrace.coordinator.journal.SubtaskStep;
import io.millrace.runtime.message.StoredResult;
import io.millrace.runtime.plan.JobId;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes down how far the stages of one job have come, a few steps in one entry. Confined to the
 * coordinator's thread.
 *
 * <p>Steps are written in the order in which they were decided, and never a part of what one event
 * has decided: so the job may go on from the end of any entry, and what comes after it, if it is
 * not written yet, has simply not happened. Nothing waits for an entry.
 */
final class StageJournal {
    /** So many subtasks that have finished are written without waiting for the others. */
    static final int MOST_STEPS = 64;

    /** So much is written at once, and a step that is larger alone. */
    private static final long ENTRY_BYTES = 1 << 20;

    /** After so much of one job nothing more is written: it goes on from there. */
    static final long MOST_BYTES = 64 << 20;

    /** Splits of one source; more of them are not written. */
    static final long MOST_SPLIT_BYTES = 1 << 20;

    private static final int RESERVED_ATTEMPTS = 100;

    private final JobId jobId;
    private final boolean enabled;
    private final List<DecidedStage> decided = new ArrayList<>();
    private final List<SubtaskStep> steps = new ArrayList<>();
    private final List<ReadSource> sources = new ArrayList<>();
    private int highestAttempt = -1;
    private int finished;
    private long pendingBytes;
    private long writtenBytes;

    /**
     * @param enabled whether anything is written at all
     */
    StageJournal(JobId jobId, boolean enabled) {
        this.jobId = jobId;
        this.enabled = enabled;
    }

    /**
     * Makes sure that attempts up to this number may be deployed: a later leader begins with higher
     * ones, so that no two results ever have one name.
     */
    List<Effect> reserve(int attempt) {
        if (!enabled || attempt <= highestAttempt) {
            return List.of();
        }
        highestAttempt = attempt + RESERVED_ATTEMPTS - 1;
        return List.of(
                new Effect.Journal(new JournalEntry.AttemptsReserved(jobId, highestAttempt)));
    }

    /** What is decided first counts for all that is written with it. */
    void decided(List<DecidedStage> stages) {
        if (isOpen()) {
            decided.addAll(stages);
        }
    }

    void finished(SubtaskRun run, List<StoredResult> results) {
        if (isOpen()) {
            SubtaskStep step =
                    new SubtaskStep(
                            run.id(), run.worker(), run.progress(), run.committables(), results);
            steps.add(step);
            finished++;
            pendingBytes += step.bytes();
        }
    }

    void forgotten(Region region) {
        if (isOpen()) {
            region.runs().forEach(run -> steps.add(SubtaskStep.forgotten(run.id())));
        }
    }

    void read(ReadSource source) {
        if (isOpen()) {
            sources.add(source);
        }
    }

    private boolean isOpen() {
        return enabled && writtenBytes < MOST_BYTES;
    }

    /**
     * The entry that is due.
     *
     * @param stageIsThrough whether all subtasks of a vertex have finished
     */
    List<Effect> write(boolean stageIsThrough) {
        boolean due = stageIsThrough || finished >= MOST_STEPS || pendingBytes >= ENTRY_BYTES;
        if (!due || steps.isEmpty() && sources.isEmpty()) {
            return List.of();
        }
        Effect entry =
                new Effect.Journal(
                        new JournalEntry.StagesProgressed(jobId, decided, steps, sources));
        writtenBytes += pendingBytes;
        pendingBytes = 0;
        finished = 0;
        decided.clear();
        steps.clear();
        sources.clear();
        return List.of(entry);
    }
}
