package io.millrace.coordinator.checkpoint;

import io.millrace.runtime.checkpoint.Manifest.CommittableEntry;
import io.millrace.runtime.message.OperatorCommittables;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * What belongs to complete checkpoints and is not known to be committed, in the order of the
 * checkpoints. Confined to the coordinator's thread.
 *
 * <p>A commit takes all of it; while one is under way, more may come. Output of an attempt that has
 * finished is taken once, and so is what a sink prepared for one checkpoint and, because it did not
 * know better, handed over again with a later one.
 */
final class OpenOutput {
    /** Checkpoints for which it is remembered what was taken. */
    static final int REMEMBERED = 256;

    /** What a subtask of a sink prepared for one checkpoint. */
    private record Batch(long checkpointId, int vertexId, int operatorIndex, int subtask) {}

    private static final Comparator<Batch> ORDER =
            Comparator.comparingLong(Batch::checkpointId)
                    .thenComparingInt(Batch::vertexId)
                    .thenComparingInt(Batch::operatorIndex)
                    .thenComparingInt(Batch::subtask);

    private final List<CommittableEntry> open = new ArrayList<>();
    private final TreeSet<Batch> taken = new TreeSet<>(ORDER);
    private int underWay;
    private int tries;
    private boolean committing;

    /** What a new checkpoint must carry of those before it. */
    List<CommittableEntry> entries() {
        return List.copyOf(open);
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Those that no complete checkpoint has had. */
    List<OperatorCommittables> fresh(List<OperatorCommittables> prepared) {
        return prepared.stream()
                .filter(p -> isAtEnd(p) || !taken.contains(batchOf(p)))
                .filter(p -> !p.committables().isEmpty())
                .toList();
    }

    /** A checkpoint with this new output is complete. */
    void add(List<CommittableEntry> fresh, long checkpointId) {
        open.addAll(fresh);
        for (CommittableEntry entry : fresh) {
            if (!isAtEnd(entry.committables())) {
                taken.add(batchOf(entry.committables()));
            }
        }
        while (!taken.isEmpty() && taken.first().checkpointId() < checkpointId - REMEMBERED) {
            taken.pollFirst();
        }
    }

    private static boolean isAtEnd(OperatorCommittables prepared) {
        return prepared.checkpointId() == OperatorCommittables.AT_END;
    }

    private static Batch batchOf(OperatorCommittables prepared) {
        return new Batch(
                prepared.checkpointId(),
                prepared.vertexId(),
                prepared.operatorIndex(),
                prepared.subtask());
    }

    // ---- committing

    boolean isCommitting() {
        return committing;
    }

    /** A commit of all that is open begins. */
    List<OperatorCommittables> begin() {
        committing = true;
        underWay = open.size();
        tries++;
        return open.stream().map(CommittableEntry::committables).toList();
    }

    /** The commit has made visible what it was given. */
    void committed() {
        committing = false;
        tries = 0;
        open.subList(0, underWay).clear();
    }

    void failed() {
        committing = false;
    }

    /** Failures in a row. */
    int tries() {
        return tries;
    }
}
