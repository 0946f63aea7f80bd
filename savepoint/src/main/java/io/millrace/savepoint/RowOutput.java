package io.millrace.savepoint;

import io.millrace.runtime.serde.PlainStructures;

/** What the columns of a row that is being written share. Confined. */
final class RowOutput {
    private PlainStructures structures;
    private boolean exact;

    /**
     * @param known what the bytes have described before this row
     */
    void begin(PlainStructures known) {
        structures = known;
        exact = true;
    }

    /** What the bytes of the row's unit have described so far. */
    PlainStructures structures() {
        return structures;
    }

    /** A column cannot give back what it was given: the row needs its bytes too. */
    void inexact() {
        exact = false;
    }

    boolean isExact() {
        return exact;
    }
}
