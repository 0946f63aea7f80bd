package io.millrace.savepoint;

import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.PlainStructures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a checkpoint has of one keyed state, of all subtasks, in order of key groups. Confined. */
/* Where one piece only is about a key group its rows pass through. Where there are several, what comes
 * later changes what was before, as when tasks read them: the rows of that key group are in memory
 * then. Pieces of a key group are open at the same time, each a few mebibytes. */
final class KeyedTable {
    private final KeyedForm form;
    private final List<PieceUnits> pieces = new ArrayList<>();

    /** Takes rows of the table; a key's together. */
    interface Target extends KeyedForm.RowSink {
        /** The rows of another key follow. */
        void beginKey() throws IOException;
    }

    /**
     * @param parts of all subtasks, in order
     */
    KeyedTable(KeyedForm form, List<StatePart> parts, SegmentSource segments) {
        this.form = form;
        for (StatePart part : parts) {
            part.pieces().forEach(piece -> pieces.add(new PieceUnits(part, piece, segments)));
        }
    }

    /** Takes what the table has of a key. */
    interface KeySink {
        void key(KeyRow row) throws IOException;
    }

    /** Shows the rows of a key group; asked for ascending ones. */
    void read(int keyGroup, Target target) throws IOException {
        keys(
                keyGroup,
                row -> {
                    target.beginKey();
                    form.rows(keyGroup, row, target);
                });
    }

    /** Shows the keys of a key group; asked for ascending ones. */
    void keys(int keyGroup, KeySink sink) throws IOException {
        List<PieceUnits> about = pieces.stream().filter(each -> each.isAbout(keyGroup)).toList();
        if (about.size() == 1) {
            about.get(0).read(keyGroup, (removed, rows, in) -> pass(removed, rows, in, sink));
            return;
        }
        Map<ByteBuffer, KeyRow> merged = new LinkedHashMap<>();
        for (PieceUnits piece : about) {
            piece.read(keyGroup, (removed, rows, in) -> merge(removed, rows, in, merged));
        }
        for (KeyRow row : merged.values()) {
            sink.key(row);
        }
    }

    private void pass(int removed, int rows, BinaryReader in, KeySink sink) throws IOException {
        PlainStructures structures = new PlainStructures();
        for (int i = 0; i < removed; i++) {
            form.readRemoved(in, structures); // nothing was before
        }
        for (int i = 0; i < rows; i++) {
            sink.key(form.read(in, structures));
        }
    }

    private void merge(int removed, int count, BinaryReader in, Map<ByteBuffer, KeyRow> rows) {
        PlainStructures structures = new PlainStructures();
        for (int i = 0; i < removed; i++) {
            KeyRow gone = form.readRemoved(in, structures);
            rows.remove(ByteBuffer.wrap(form.identity(gone)));
        }
        for (int i = 0; i < count; i++) {
            KeyRow row = form.read(in, structures);
            rows.merge(ByteBuffer.wrap(form.identity(row)), row, form::then);
        }
    }
}
