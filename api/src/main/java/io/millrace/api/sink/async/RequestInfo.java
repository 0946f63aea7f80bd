package io.millrace.api.sink.async;

/** A request that is to be sent. */
public interface RequestInfo {
    /** How many entries it has. */
    int getBatchSize();
}
