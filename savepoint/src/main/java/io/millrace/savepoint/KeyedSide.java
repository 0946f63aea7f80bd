package io.millrace.savepoint;

import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.PlainStructures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A keyed state of one savepoint, read by key group. Confined. */
final class KeyedSide {
    /** Takes what there is of a key. */
    interface Target {
        void key(KeyedForm form, KeyRow row) throws IOException;
    }

    private final List<List<StatePart>> variants;
    private final ReadableSavepoint savepoint;
    private final List<Variant> forward = new ArrayList<>();

    private KeyedSide(List<List<StatePart>> variants, ReadableSavepoint savepoint) {
        this.variants = variants;
        this.savepoint = savepoint;
        forward.addAll(open());
    }

    /**
     * @param variants parts in each list are described alike
     */
    static KeyedSide of(List<List<StatePart>> variants, ReadableSavepoint savepoint) {
        return new KeyedSide(variants, savepoint);
    }

    static PartForm formOf(List<StatePart> variant) {
        StatePart first = variant.get(0);
        return PartForm.of(first.kind(), first.form(), first.description());
    }

    /** How keys are written, if in one way; else null. */
    KeyedForm onlyForm() {
        return forward.size() == 1 ? forward.get(0).form() : null;
    }

    /** What a description of the only form must equal; null if there are several or none. */
    byte[] onlyDescription() {
        return variants.size() == 1 ? variants.get(0).get(0).description() : null;
    }

    /** Shows the keys of a key group; asked for ascending ones. */
    void read(int keyGroup, Target target) throws IOException {
        for (Variant variant : forward) {
            variant.read(keyGroup, target);
        }
    }

    /** The same, whatever was asked before. */
    void readAgain(int keyGroup, Target target) throws IOException {
        for (Variant variant : open()) {
            variant.read(keyGroup, target);
        }
    }

    private List<Variant> open() {
        List<Variant> opened = new ArrayList<>();
        for (List<StatePart> parts : variants) {
            opened.add(
                    new Variant(
                            (KeyedForm) formOf(parts),
                            parts,
                            savepoint.segments(),
                            savepoint.tables()));
        }
        return opened;
    }

    /** Parts that are described alike. */
    private static final class Variant {
        private final KeyedForm form;
        private final KeyedTable merged; // null if each key is in one piece only
        private final List<PieceUnits> pieces = new ArrayList<>();

        /**
         * @param apart whether each key is in one piece only, as in tables: then pieces need not be
         *     merged in memory
         */
        Variant(KeyedForm form, List<StatePart> parts, SegmentSource segments, boolean apart) {
            this.form = form;
            this.merged = apart ? null : new KeyedTable(form, parts, segments);
            if (apart) {
                PieceBuffers buffers = new PieceBuffers();
                for (StatePart part : parts) {
                    for (Piece piece : part.pieces()) {
                        pieces.add(new PieceUnits(part, piece, segments, buffers));
                    }
                }
            }
        }

        KeyedForm form() {
            return form;
        }

        void read(int keyGroup, Target target) throws IOException {
            if (merged != null) {
                merged.keys(keyGroup, row -> target.key(form, row));
                return;
            }
            for (PieceUnits piece : pieces) {
                if (piece.isAbout(keyGroup)) {
                    piece.read(keyGroup, (removed, rows, in) -> pass(removed, rows, in, target));
                }
            }
        }

        private void pass(int removed, int rows, BinaryReader in, Target target)
                throws IOException {
            PlainStructures structures = new PlainStructures();
            for (int i = 0; i < removed; i++) {
                form.readRemoved(in, structures);
            }
            for (int i = 0; i < rows; i++) {
                target.key(form, form.read(in, structures));
            }
        }
    }
}
