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
/* Where all that is about a key group was written at one time its rows pass through. Else what comes later
 * changes what was before, as when tasks read it: the rows of that key group are in memory then, and its
 * pieces open at the same time, each a few mebibytes. */
final class KeyedTable {
    private final KeyedForm form;
    private final List<PieceUnits> pieces = new ArrayList<>();

    /** Takes rows of the table; a key's together. */
    interface Target extends KeyedForm.RowSink {
        /** The rows of another key follow. */
        void beginKey() throws IOException;

        /**
         * Reads the next rows of a unit, each of a key of its own.
         *
         * @param rows that follow in the unit, at least one
         * @return how many were read
         */
        int move(int keyGroup, int rows, BinaryReader in, PlainStructures structures);
    }

    /**
     * @param parts of all subtasks, in order
     */
    KeyedTable(KeyedForm form, List<StatePart> parts, SegmentSource segments) {
        this.form = form;
        PieceBuffers buffers = new PieceBuffers();
        for (StatePart part : parts) {
            part.pieces()
                    .forEach(piece -> pieces.add(new PieceUnits(part, piece, segments, buffers)));
        }
    }

    /** Takes what the table has of a key. */
    interface KeySink {
        void key(KeyRow row) throws IOException;
    }

    /** Shows the rows of a key group; asked for ascending ones. */
    void read(int keyGroup, Target target) throws IOException {
        List<PieceUnits> about = about(keyGroup);
        if (isOfOneTime(about)) {
            for (PieceUnits piece : about) {
                piece.read(
                        keyGroup,
                        (removed, rows, in) -> move(form, keyGroup, removed, rows, in, target));
            }
            return;
        }
        keys(
                keyGroup,
                row -> {
                    target.beginKey();
                    form.rows(keyGroup, row, target);
                });
    }

    private List<PieceUnits> about(int keyGroup) {
        return pieces.stream().filter(each -> each.isAbout(keyGroup)).toList();
    }

    /** A checkpoint writes into files of its own, and each key once: one file is of one time. */
    private static boolean isOfOneTime(List<PieceUnits> about) {
        return about.size() == 1
                || about.stream().noneMatch(each -> each.file().isEmpty())
                        && about.stream().map(PieceUnits::file).distinct().count() == 1;
    }

    /** Shows the rows of a unit of a key group of which nothing was before. */
    static void move(
            KeyedForm form, int keyGroup, int removed, int rows, BinaryReader in, Target target)
            throws IOException {
        PlainStructures structures = new PlainStructures();
        for (int i = 0; i < removed; i++) {
            form.readRemoved(in, structures); // nothing was before
        }
        for (int done = 0; done < rows; ) {
            target.beginKey();
            done += target.move(keyGroup, rows - done, in, structures);
        }
    }

    /** Shows the keys of a key group; asked for ascending ones. */
    void keys(int keyGroup, KeySink sink) throws IOException {
        List<PieceUnits> about = about(keyGroup);
        if (isOfOneTime(about)) {
            for (PieceUnits piece : about) {
                piece.read(keyGroup, (removed, rows, in) -> pass(removed, rows, in, sink));
            }
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
