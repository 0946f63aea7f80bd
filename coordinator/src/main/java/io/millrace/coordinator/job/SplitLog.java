package io.millrace.coordinator.job;

import io.millrace.coordinator.Event;
import io.millrace.coordinator.journal.ReadSource;
import io.millrace.coordinator.journal.ReadSource.GivenSplits;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The splits that subtasks of sources were given, for their next attempts: a subtask that runs
 * again reads what it read before, and the enumerator need not know. Confined to the coordinator's
 * thread.
 */
final class SplitLog {
    private final TreeMap<Reader, List<Event.SplitsAssigned>> assigned =
            new TreeMap<>(
                    Comparator.comparingInt(Reader::vertexId)
                            .thenComparingInt(Reader::subtask)
                            .thenComparingInt(Reader::operatorIndex));

    private final Set<Integer> exhausted = new TreeSet<>();
    // Of those that are exhausted.
    private final Set<Integer> unknown = new TreeSet<>();

    private record Reader(int vertexId, int subtask, int operatorIndex) {}

    void add(Event.SplitsAssigned splits) {
        Reader reader = new Reader(splits.vertexId(), splits.subtask(), splits.operatorIndex());
        assigned.computeIfAbsent(reader, key -> new ArrayList<>()).add(splits);
    }

    /** All subtasks of the vertex have finished: nothing will be given to them any more. */
    void close(int vertexId) {
        exhausted.add(vertexId);
    }

    boolean isExhausted(int vertexId) {
        return exhausted.contains(vertexId);
    }

    /** Whether a subtask has been told that it is given nothing more. */
    boolean isTold(int vertexId, int subtask, int operatorIndex) {
        List<Event.SplitsAssigned> own = assigned.get(new Reader(vertexId, subtask, operatorIndex));
        return isExhausted(vertexId)
                || own != null && own.stream().anyMatch(Event.SplitsAssigned::noMoreSplits);
    }

    /** Whether all was given, but nobody knows what to whom: no subtask can be repeated alone. */
    boolean isUnknown(int vertexId) {
        return unknown.contains(vertexId);
    }

    /**
     * What the subtasks of a source were given, which have all finished.
     *
     * @param mostBytes if it is more, it is not told
     */
    ReadSource read(int vertexId, long mostBytes) {
        List<GivenSplits> given = new ArrayList<>();
        long bytes = 0;
        for (var reader : assigned.entrySet()) {
            if (reader.getKey().vertexId() == vertexId) {
                for (Event.SplitsAssigned splits : reader.getValue()) {
                    GivenSplits each =
                            new GivenSplits(
                                    splits.subtask(),
                                    splits.operatorIndex(),
                                    splits.serializerVersion(),
                                    splits.splits());
                    given.add(each);
                    bytes += each.bytes();
                }
            }
        }
        return new ReadSource(vertexId, bytes > mostBytes || isUnknown(vertexId) ? null : given);
    }

    /** Takes over what an earlier leader has written down. */
    void resume(JobId jobId, ReadSource source) {
        exhausted.add(source.vertexId());
        if (source.given() == null) {
            unknown.add(source.vertexId());
            return;
        }
        for (GivenSplits given : source.given()) {
            add(
                    new Event.SplitsAssigned(
                            jobId,
                            source.vertexId(),
                            given.operatorIndex(),
                            0,
                            given.subtask(),
                            given.serializerVersion(),
                            given.splits(),
                            false));
        }
    }

    private List<Reader> of(int vertexId, int subtask) {
        return assigned.keySet().stream()
                .filter(reader -> reader.vertexId() == vertexId && reader.subtask() == subtask)
                .toList();
    }

    /** What gives a new attempt what the ones before were given. */
    List<ToWorker> replay(AttemptId attempt, long epoch) {
        boolean closed = isExhausted(attempt.vertexId());
        List<ToWorker> messages = new ArrayList<>();
        for (Reader reader : of(attempt.vertexId(), attempt.subtask())) {
            List<Event.SplitsAssigned> all = assigned.get(reader);
            for (int i = 0; i < all.size(); i++) {
                Event.SplitsAssigned splits = all.get(i);
                messages.add(
                        new ToWorker.AssignSplits(
                                epoch,
                                attempt,
                                reader.operatorIndex(),
                                splits.serializerVersion(),
                                splits.splits(),
                                splits.noMoreSplits() || closed && i == all.size() - 1));
            }
        }
        return messages;
    }

    /** The vertex begins from its first split again. */
    void forget(int vertexId) {
        assigned.keySet().removeIf(reader -> reader.vertexId() == vertexId);
        exhausted.remove(vertexId);
        unknown.remove(vertexId);
    }
}
