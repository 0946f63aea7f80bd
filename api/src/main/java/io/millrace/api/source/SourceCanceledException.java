package io.millrace.api.source;

/** Ends a source function that emits after its task has ended. Nobody reports it. */
final class SourceCanceledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SourceCanceledException() {
        super("the task of this source function has ended", null, false, false);
    }
}
