package io.millrace.host;

/** Ends the process, or what stands for it. */
@FunctionalInterface
public interface FatalHandler {
    /**
     * The coordinator's thread has ended and will do nothing more. Called once, on that thread.
     *
     * @param error a {@code MillraceException} with {@code LEADERSHIP_LOST} or {@code
     *     STORAGE_FAILED} if the journal refused an entry: another leader goes on; anything else is
     *     a defect
     */
    void onFatal(Throwable error);
}
