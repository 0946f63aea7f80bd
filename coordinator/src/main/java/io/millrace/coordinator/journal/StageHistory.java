package io.millrace.coordinator.journal;

import io.millrace.runtime.plan.AttemptId;
import java.util.Collection;
import java.util.Comparator;
import java.util.TreeMap;

/**
 * What the journal says about the stages of one job: the entries, put together in their order.
 * Confined to the coordinator's thread.
 */
public final class StageHistory {
    private final TreeMap<Subtask, SubtaskStep> finished =
            new TreeMap<>(
                    Comparator.comparingInt(Subtask::vertexId).thenComparingInt(Subtask::number));
    private final TreeMap<Integer, ReadSource> sources = new TreeMap<>();
    private final TreeMap<Integer, DecidedStage> decided = new TreeMap<>();
    private int highestAttempt = -1;

    private record Subtask(int vertexId, int number) {
        static Subtask of(AttemptId attempt) {
            return new Subtask(attempt.vertexId(), attempt.subtask());
        }
    }

    public void add(JournalEntry.AttemptsReserved reserved) {
        highestAttempt = Math.max(highestAttempt, reserved.highest());
    }

    public void add(JournalEntry.StagesProgressed progressed) {
        progressed.decided().forEach(stage -> decided.put(stage.vertexId(), stage));
        for (SubtaskStep step : progressed.steps()) {
            if (step.finished()) {
                finished.put(Subtask.of(step.attempt()), step);
            } else {
                finished.remove(Subtask.of(step.attempt()));
            }
        }
        progressed.sources().forEach(source -> sources.put(source.vertexId(), source));
    }

    /** No attempt of an earlier leader has a higher number; −1 if there was none. */
    public int highestAttempt() {
        return highestAttempt;
    }

    /** The stages whose parallelism is decided. */
    public Collection<DecidedStage> decided() {
        return decided.values();
    }

    /** How a subtask has finished; null if it has not, or that does not count any more. */
    public SubtaskStep finished(int vertexId, int subtask) {
        return finished.get(new Subtask(vertexId, subtask));
    }

    /** Null if not all of the source was read. */
    public ReadSource source(int vertexId) {
        return sources.get(vertexId);
    }
}
