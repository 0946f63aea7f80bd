package io.millrace.coordinator.checkpoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.Manifest.SubtaskEntry;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.plan.JobVertex;
import java.util.function.Predicate;

/** Whether an operator can go on from what a checkpoint has of it. Pure. */
final class Restorability {
    private Restorability() {}

    static boolean hasState(OperatorEntry entry) {
        return hasPart(entry, part -> true);
    }

    private static boolean hasPart(OperatorEntry entry, Predicate<StatePart> which) {
        return entry.subtasks().stream()
                .anyMatch(
                        subtask ->
                                subtask.parts().stream().anyMatch(which)
                                        || subtask.channels().stream().anyMatch(which));
    }

    /**
     * @throws MillraceException {@code CHECKPOINT_INCOMPATIBLE}
     */
    static void check(long checkpointId, OperatorEntry entry, JobVertex vertex) {
        if (entry.maxParallelism() != vertex.maxParallelism()
                && hasPart(entry, part -> part.lastKeyGroup() >= 0)) {
            throw refused(
                    checkpointId,
                    entry,
                    "keyed state in "
                            + entry.maxParallelism()
                            + " key groups, but its maximum parallelism is "
                            + vertex.maxParallelism()
                            + " now. Set it with setMaxParallelism("
                            + entry.maxParallelism()
                            + "), or deal the state out anew: 'millrace savepoint convert"
                            + " --max-parallelism "
                            + vertex.maxParallelism()
                            + "'.");
        }
        long finished = entry.subtasks().stream().filter(SubtaskEntry::finished).count();
        if (finished > 0 && hasPart(entry, part -> part.kind() == StatePart.Kind.UNION_LIST)) {
            throw refused(
                    checkpointId,
                    entry,
                    "union state, but "
                            + finished
                            + " of its "
                            + entry.parallelism()
                            + " subtasks had finished and taken their share along. Restore a"
                            + " checkpoint from before that.");
        }
    }

    private static MillraceException refused(long id, OperatorEntry entry, String why) {
        return new MillraceException(
                ErrorCode.CHECKPOINT_INCOMPATIBLE,
                "in checkpoint "
                        + id
                        + " operator '"
                        + entry.name()
                        + "' (uid '"
                        + entry.id()
                        + "') has "
                        + why);
    }
}
