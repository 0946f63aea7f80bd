package io.millrace.batch.sort;

/** A sorter was closed while a run was being written; nobody waits for it any more. */
final class SpillStopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SpillStopped() {
        super("the sorter was closed", null, false, false);
    }
}
