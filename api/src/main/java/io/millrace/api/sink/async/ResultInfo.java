package io.millrace.api.sink.async;

/** What became of a request. */
public interface ResultInfo {
    /** How many of its entries are to be sent again. */
    int getFailedMessages();

    /** How many entries it had. */
    int getBatchSize();
}
