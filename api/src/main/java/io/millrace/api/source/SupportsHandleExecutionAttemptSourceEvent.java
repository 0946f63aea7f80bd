package io.millrace.api.source;

/**
 * For a {@link SplitEnumerator} whose readers send it events, and of whose subtasks several
 * attempts may run at once: it tells them apart. With second attempts for slow subtasks ({@code
 * execution.batch.speculative.enabled}) it hears of each attempt that runs by {@link
 * SplitEnumerator#addReader}, finds them in {@link
 * SplitEnumeratorContext#registeredReadersOfAttempts}, gets events here and not by {@link
 * SplitEnumerator#handleSourceEvent}, and answers one attempt by {@link
 * SplitEnumeratorContext#sendEventToSourceReader(int, int, SourceEvent)}.
 *
 * <p>Splits are given to subtasks as ever: all attempts of one read the same. The source itself has
 * to say that several attempts may run ({@link
 * io.millrace.api.function.SupportsConcurrentExecutionAttempts}). An enumerator without this
 * interface that exchanges events with its readers works as ever, but its subtasks have one attempt
 * at a time.
 */
public interface SupportsHandleExecutionAttemptSourceEvent {
    /**
     * An attempt of a reader has sent an event. Called on the enumerator's thread, behind {@link
     * SplitEnumerator#addReader} for that attempt. What attempts say that are overtaken later is
     * heard too, and must not count twice.
     *
     * @param attemptNumber of the subtask, from 0; no two attempts of a subtask have the same
     */
    void handleSourceEvent(int subtaskId, int attemptNumber, SourceEvent sourceEvent);
}
