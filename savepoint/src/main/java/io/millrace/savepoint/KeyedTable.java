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

    /** Shows the rows of a key group; asked for ascending ones. */
    void read(int keyGroup, Target target) throws IOException {
        List<PieceUnits> about = pieces.stream().filter(each -> each.isAbout(keyGroup)).toList();
        if (about.size() == 1) {
            pass(about.get(0), keyGroup, target);
        } else if (about.size() > 1) {
            merge(about, keyGroup, target);
        }
    }

    private void pass(PieceUnits piece, int keyGroup, Target target) throws IOException {
        IOException[] failed = new IOException[1];
        piece.read(
                keyGroup,
                (removed, rows, in) -> {
                    PlainStructures structures = new PlainStructures();
                    for (int i = 0; i < removed; i++) {
                        form.readRemoved(in, structures); // nothing was before
                    }
                    for (int i = 0; i < rows; i++) {
                        KeyRow row = form.read(in, structures);
                        try {
                            target.beginKey();
                        } catch (IOException e) {
                            failed[0] = failed[0] == null ? e : failed[0];
                            continue;
                        }
                        form.rows(keyGroup, form.then(null, row), target);
                    }
                });
        if (failed[0] != null) {
            throw failed[0];
        }
    }

    private void merge(List<PieceUnits> about, int keyGroup, Target target) throws IOException {
        Map<ByteBuffer, KeyRow> rows = new LinkedHashMap<>();
        for (PieceUnits piece : about) {
            piece.read(keyGroup, (removed, count, in) -> merge(removed, count, in, rows));
        }
        for (KeyRow row : rows.values()) {
            target.beginKey();
            form.rows(keyGroup, row, target);
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
