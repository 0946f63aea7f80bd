package io.millrace.api.sink.async;

import java.util.List;

/**
 * Takes the result of one request; thread-safe. Only the first call counts.
 *
 * @param <RequestEntryT> what the request consists of
 */
public interface ResultHandler<RequestEntryT> {
    /** All of it has been taken. */
    void complete();

    /** It can never succeed: the task fails. */
    void completeExceptionally(Exception e);

    /**
     * All but these has been taken; these are sent again, before what waits.
     *
     * @param requestEntriesToRetry in the order in which they shall be sent
     */
    void retryForEntries(List<RequestEntryT> requestEntriesToRetry);
}
