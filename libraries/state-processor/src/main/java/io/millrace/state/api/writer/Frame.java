package io.millrace.state.api.writer;

import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.CommittableEntry;
import io.millrace.runtime.checkpoint.Manifest.EnumeratorEntry;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a new savepoint has besides the state of subtasks. Pure. */
public final class Frame {
    private Frame() {}

    /**
     * A manifest whose operators have no subtasks yet. Positions of sources and what sinks have
     * prepared go with the operators that stay.
     *
     * @param before the earlier savepoint; null if there is none
     * @param kept operators that stay, by their new ids: the ids that they have in the earlier one
     */
    public static Manifest of(
            Target target,
            List<OperatorEntry> operators,
            Manifest before,
            Map<String, String> kept) {
        Map<String, String> names = new HashMap<>();
        kept.forEach((id, old) -> names.put(old, id));
        return new Manifest(
                target.jobId(),
                before == null ? "written by a program" : before.jobName(),
                Target.EPOCH,
                target.checkpointId(),
                System.currentTimeMillis(),
                CheckpointKind.FULL,
                operators,
                before == null ? List.of() : positions(before, names),
                before == null ? List.of() : prepared(before, names),
                List.of());
    }

    private static List<EnumeratorEntry> positions(Manifest before, Map<String, String> names) {
        return before.enumerators().stream()
                .filter(each -> names.containsKey(each.operatorId()))
                .map(
                        each ->
                                new EnumeratorEntry(
                                        names.get(each.operatorId()), each.version(), each.state()))
                .toList();
    }

    private static List<CommittableEntry> prepared(Manifest before, Map<String, String> names) {
        return before.committables().stream()
                .filter(each -> names.containsKey(each.operatorId()))
                .map(
                        each ->
                                new CommittableEntry(
                                        names.get(each.operatorId()), each.committables()))
                .toList();
    }
}
