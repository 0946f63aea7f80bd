package io.millrace.savepoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.checkpoint.PartContent;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.SnapshotPace;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.savepoint.SavepointManifest.Kind;
import io.millrace.savepoint.SavepointManifest.Part;
import io.millrace.savepoint.SavepointManifest.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes lists, broadcast state and records on their way, in one file. Confined to its user. */
final class UnkeyedTables {
    /** What operators of programs save by key group, in a form of their own. */
    private static final String RAW_KEYED = "millrace:raw-keyed";

    private final SegmentSource segments;
    private final TableTarget target;
    private final int maxParallelism; // 0 for that of each operator

    UnkeyedTables(SegmentSource segments, TableTarget target, int maxParallelism) {
        this.segments = segments;
        this.target = target;
        this.maxParallelism = maxParallelism;
    }

    Table write(TableState state, PartForm form, String path) throws IOException {
        List<Part> parts = new ArrayList<>();
        TableLayout layout = form.layout();
        int count =
                state.kind() == Kind.BROADCAST && areAlike(state.parts())
                        ? 1
                        : state.parts().size();
        if (state.parts().stream().allMatch(part -> part.pieces().isEmpty())) {
            for (int i = 0; i < count; i++) {
                parts.add(part(state, i, 0));
            }
            return state.table(layout, parts, List.of());
        }
        String name =
                TablePaths.subtasks(path, state.subtasks().get(0), state.subtasks().get(count - 1));
        SnapshotPace.Step step = target.pace().begin(1);
        try (TableFile file = target.create(name, layout, state.metadata())) {
            for (int i = 0; i < count; i++) {
                StatePart part = state.parts().get(i);
                requireFreeOfKeyGroups(state, part);
                int before = file.rowGroups();
                write(part, state.subtasks().get(i), form, file);
                file.mustEnd();
                step.worked();
                parts.add(part(state, i, file.rowGroups() - before));
            }
            return state.table(layout, parts, List.of(file.finish()));
        }
    }

    private static Part part(TableState state, int index, int rowGroups) {
        StatePart part = state.parts().get(index);
        return new Part(
                state.subtasks().get(index),
                part.items(),
                part.firstKeyGroup(),
                part.lastKeyGroup(),
                rowGroups);
    }

    /** Broadcast state is the same in every subtask, unless a program broke the rule. */
    private boolean areAlike(List<StatePart> parts) {
        byte[] first = content(parts.get(0));
        return parts.stream()
                .skip(1)
                .allMatch(
                        part ->
                                part.items() == parts.get(0).items()
                                        && Arrays.equals(first, content(part)));
    }

    private byte[] content(StatePart part) {
        return PartContent.read(part, segments, "state '" + part.name() + "'");
    }

    private void requireFreeOfKeyGroups(TableState state, StatePart part) {
        boolean about = part.lastKeyGroup() >= 0 || part.name().equals(RAW_KEYED);
        boolean dealtOutAnew =
                maxParallelism != 0 && maxParallelism != state.operator().maxParallelism();
        if (about && dealtOutAnew) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_INCOMPATIBLE,
                    "operator '"
                            + state.operator().id()
                            + "' has '"
                            + part.name()
                            + "', bytes about key groups that only it can read: another maximum"
                            + " parallelism is not possible. If they are records on their way, take"
                            + " a savepoint, which has none.");
        }
    }

    private void write(StatePart part, int subtask, PartForm form, TableFile file)
            throws IOException {
        if (form instanceof ItemsCodec items) {
            items.rows(subtask, part.items(), new BinaryReader(content(part)), file::write);
            return;
        }
        int position = 0;
        for (Piece piece : part.pieces()) {
            StatePart one =
                    new StatePart(
                            part.kind(),
                            part.name(),
                            part.form(),
                            part.firstKeyGroup(),
                            part.lastKeyGroup(),
                            part.items(),
                            part.description(),
                            List.of(piece));
            byte[] content = PartContent.read(one, segments, "'" + part.name() + "'");
            file.write(new Object[] {subtask, position++, content}, 0, content.length);
        }
    }
}
