package io.millrace.savepoint;

import io.millrace.runtime.checkpoint.GrowingTable;
import io.millrace.runtime.checkpoint.PassingSegment;
import io.millrace.runtime.checkpoint.SnapshotPace;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.state.UnitHead;
import io.millrace.savepoint.SavepointManifest.StoredTable;
import io.millrace.savepoint.SavepointManifest.Table;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The table of one subtask's part, written while its rows come. Several threads put rows into
 * columns, each those of a row group; row groups are put into files in order. {@link #add} and
 * {@link #end} by one thread, {@link #finish} and {@link #close} by another.
 */
/* A row group that is ready waits until those before it are written, with its thread. As threads take them up
 * in order, one of them is always the next. */
final class SubtaskTable implements GrowingTable {
    private final TableState state;
    private final StatePart part;
    private final KeyedForm form;
    private final String directory;
    private final TableTarget target;
    private final Executor threads;
    private final int threadCount;

    // Of the thread that adds.
    private List<PassingSegment> gathered = new ArrayList<>();
    private long gatheredBytes;
    private long fileBytes; // since the file began
    private boolean beginsFile;
    private int lastKeyGroup = -1;

    // Guarded by this.
    private final Deque<TableRows> spare = new ArrayDeque<>();
    private long begun; // row groups
    private long written;
    private Throwable failure; // the first one; null as long as all is well

    // Of whoever writes the next row group, then of the thread that ends it.
    private final List<StoredTable> files = new ArrayList<>();
    private TableFile file; // null between two

    /**
     * @param state of the one part
     * @param directory of the table's files, relative
     * @param threads that write, first come first served
     */
    SubtaskTable(
            TableState state,
            KeyedForm form,
            String directory,
            TableTarget target,
            Executor threads,
            int threadCount) {
        this.state = state;
        this.part = state.first();
        this.form = form;
        this.directory = directory;
        this.target = target;
        this.threads = threads;
        this.threadCount = threadCount;
    }

    String operator() {
        return state.operator().id();
    }

    /** Whether a part is the one that this is the table of. */
    boolean isOf(String operator, int subtask, StatePart other) {
        return operator.equals(operator())
                && state.subtasks().get(0) == subtask
                && TableIdentity.of(other).equals(state.identity());
    }

    @Override
    public void add(PassingSegment segment) throws IOException {
        requireGood();
        boolean nextFile =
                fileBytes >= target.fileBytes() && segment.firstKeyGroup() > lastKeyGroup;
        if (nextFile || gatheredBytes >= target.rowGroupBytes()) {
            beginRowGroup();
        }
        if (nextFile) {
            beginsFile = true;
            fileBytes = 0;
        }
        gathered.add(segment);
        gatheredBytes += segment.length();
        fileBytes += segment.length();
        lastKeyGroup = segment.lastKeyGroup();
    }

    @Override
    public void end() throws IOException {
        requireGood();
        if (!gathered.isEmpty()) {
            beginRowGroup();
        }
    }

    private void beginRowGroup() {
        List<PassingSegment> segments = List.copyOf(gathered);
        boolean ofNextFile = beginsFile;
        gathered.clear();
        gatheredBytes = 0;
        beginsFile = false;
        long number = nextNumber();
        threads.execute(() -> write(number, segments, ofNextFile));
    }

    private synchronized long nextNumber() {
        return begun++;
    }

    private void write(long number, List<PassingSegment> segments, boolean ofNextFile) {
        try {
            requireGood();
            TableRows rows = takeRows();
            SnapshotPace.Step step = target.pace().begin(threadCount);
            fill(rows, segments, step);
            rows.encode();
            step.worked();
            awaitTurn(number);
            put(rows, segments.get(0).firstKeyGroup(), ofNextFile);
            wasWritten(rows);
        } catch (CorruptDataException e) {
            fail(state.corrupt(e));
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        }
    }

    private void fill(TableRows rows, List<PassingSegment> segments, SnapshotPace.Step step)
            throws IOException {
        KeyedTable.Target into = new PacedRows(rows, form, step);
        for (PassingSegment segment : segments) {
            segment.read((array, length) -> fill(into, new BinaryReader(array, 0, length)));
        }
    }

    private void fill(KeyedTable.Target into, BinaryReader in) throws IOException {
        while (in.remaining() > 0) {
            UnitHead head = UnitHead.read(in.readVarInt(), in);
            head.show(
                    in,
                    (removed, rows, unit) ->
                            KeyedTable.move(form, head.keyGroup(), removed, rows, unit, into));
        }
    }

    private void put(TableRows rows, int firstKeyGroup, boolean ofNextFile) throws IOException {
        if (ofNextFile && file != null) {
            endFile();
        }
        if (file == null) {
            int from = files.isEmpty() ? part.firstKeyGroup() : firstKeyGroup;
            file =
                    target.create(
                            TablePaths.keyGroups(directory, from, part.lastKeyGroup()),
                            form.layout(),
                            state.metadata());
        }
        if (!rows.isEmpty()) {
            file.append(rows);
        }
    }

    private void endFile() throws IOException {
        TableFile ended = file;
        file = null;
        try (ended) {
            files.add(ended.finish());
        }
    }

    private synchronized TableRows takeRows() {
        return spare.isEmpty() ? TableTarget.rows(form.layout()) : spare.pop();
    }

    private synchronized void awaitTurn(long number) throws IOException {
        try {
            while (written != number) {
                requireGood();
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while files were written", e);
        }
    }

    private synchronized void wasWritten(TableRows empty) {
        spare.push(empty);
        written++;
        notifyAll();
    }

    private synchronized void fail(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
        notifyAll();
    }

    private synchronized void requireGood() throws IOException {
        if (failure != null) {
            throw SideBySide.rethrown(failure);
        }
    }

    /** Waits until all is written, and makes it durable. */
    Table finish() throws IOException {
        awaitTurn(begunAll());
        endFile();
        return state.table(form.layout(), null, List.copyOf(files));
    }

    private synchronized long begunAll() {
        return begun;
    }

    /** Nothing more is begun. */
    void giveUp() {
        fail(new IOException("the savepoint was given up"));
    }

    /** Lets go of a file that is open, when nobody writes any more. */
    void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
