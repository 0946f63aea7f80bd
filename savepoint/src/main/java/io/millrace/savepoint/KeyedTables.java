package io.millrace.savepoint;

import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.SnapshotPace;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.savepoint.SavepointManifest.StoredTable;
import io.millrace.savepoint.SavepointManifest.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * Writes keyed states and timers, by ascending key group, files of a large one side by side.
 * Confined to its user.
 */
final class KeyedTables {
    private final SegmentSource segments;
    private final TableTarget target;
    private final int maxParallelism; // 0 for that of each operator

    /**
     * @param maxParallelism that keys are dealt out to; 0 for what it is
     */
    KeyedTables(SegmentSource segments, TableTarget target, int maxParallelism) {
        this.segments = segments;
        this.target = target;
        this.maxParallelism = maxParallelism;
    }

    Table write(TableState state, KeyedForm form, String path) throws IOException {
        long bytes = state.bytes();
        int[] groups = groups(state);
        int count = Math.min(groups.length, target.files(bytes));
        int threads = Math.min(count, target.writers());
        List<Callable<StoredTable>> ranges = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int from = (int) ((long) groups.length * i / count);
            int to = (int) ((long) groups.length * (i + 1) / count);
            int[] own = IntStream.range(from, to).map(at -> groups[at]).toArray();
            ranges.add(
                    () ->
                            write(
                                    state,
                                    form,
                                    path,
                                    own,
                                    rows(state, form, bytes),
                                    target.pace().begin(threads)));
        }
        return state.table(form.layout(), null, SideBySide.run(ranges, threads));
    }

    /** The key groups that the parts are about, ascending; all if they are dealt out anew. */
    private int[] groups(TableState state) {
        if (isDealtOutAnew(state)) {
            return IntStream.range(0, maxParallelism).toArray();
        }
        return state.parts().stream()
                .flatMapToInt(KeyedTables::groups)
                .distinct()
                .sorted()
                .toArray();
    }

    private static IntStream groups(StatePart part) {
        return IntStream.rangeClosed(part.firstKeyGroup(), part.lastKeyGroup());
    }

    private boolean isDealtOutAnew(TableState state) {
        return maxParallelism != 0 && maxParallelism != state.operator().maxParallelism();
    }

    private StoredTable write(
            TableState state,
            KeyedForm form,
            String path,
            int[] groups,
            KeyGroupRows rows,
            SnapshotPace.Step step)
            throws IOException {
        String name = TablePaths.keyGroups(path, groups[0], groups[groups.length - 1]);
        try (TableFile file = target.create(name, form.layout(), state.metadata())) {
            KeyedTable.Target into = new IntoFile(file, form, step);
            for (int from = 0; from < groups.length; ) {
                int to = from;
                while (to + 1 < groups.length && groups[to + 1] == groups[to] + 1) {
                    to++;
                }
                rows.read(groups[from], groups[to], into);
                // Of a worker there may be gaps: no row group reaches over one.
                file.mustEnd();
                from = to + 1;
            }
            return file.finish();
        }
    }

    /** Shows rows of a range of key groups; asked for ascending ones. */
    private interface KeyGroupRows {
        void read(int first, int last, KeyedTable.Target target) throws IOException;
    }

    private KeyGroupRows rows(TableState state, KeyedForm form, long bytes) {
        if (isDealtOutAnew(state)) {
            return new RegroupedTable(
                            state.described(),
                            form,
                            () -> new KeyedTable(form, state.parts(), segments),
                            state.operator().maxParallelism(),
                            maxParallelism,
                            bytes)
                    ::read;
        }
        KeyedTable table = new KeyedTable(form, state.parts(), segments);
        return (first, last, into) -> {
            for (int keyGroup = first; keyGroup <= last; keyGroup++) {
                table.read(keyGroup, into);
            }
        };
    }

    /** Rows on their way into a file. Confined to the thread that writes it. */
    private static final class IntoFile extends PacedRows {
        private final TableFile file;

        IntoFile(TableFile file, KeyedForm form, SnapshotPace.Step step) {
            super(file.rows(), form, step);
            this.file = file;
        }

        @Override
        public void beginKey() throws IOException {
            super.beginKey();
            file.mayEnd();
        }
    }
}
