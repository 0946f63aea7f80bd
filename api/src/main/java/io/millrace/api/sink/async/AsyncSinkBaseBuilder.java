package io.millrace.api.sink.async;

import java.io.Serializable;

/**
 * Collects the limits of a sink; a subclass has defaults for those that were not set.
 *
 * @param <ConcreteBuilderT> the subclass itself
 */
public abstract class AsyncSinkBaseBuilder<
        InputT,
        RequestEntryT extends Serializable,
        ConcreteBuilderT extends AsyncSinkBaseBuilder<?, ?, ?>> {
    private Integer maxBatchSize;
    private Integer maxInFlightRequests;
    private Integer maxBufferedRequests;
    private Long maxBatchSizeInBytes;
    private Long maxTimeInBufferMS;
    private Long maxRecordSizeInBytes;

    public AsyncSinkBaseBuilder() {}

    /** Entries of a request, at most. */
    public ConcreteBuilderT setMaxBatchSize(int maxBatchSize) {
        this.maxBatchSize = maxBatchSize;
        return self();
    }

    /** Requests under way at a time, at most. */
    public ConcreteBuilderT setMaxInFlightRequests(int maxInFlightRequests) {
        this.maxInFlightRequests = maxInFlightRequests;
        return self();
    }

    /** Entries that wait, at most: then the task waits, too. More than a request has. */
    public ConcreteBuilderT setMaxBufferedRequests(int maxBufferedRequests) {
        this.maxBufferedRequests = maxBufferedRequests;
        return self();
    }

    /** Bytes of a request, at most; a single entry may be of as many as a record. */
    public ConcreteBuilderT setMaxBatchSizeInBytes(long maxBatchSizeInBytes) {
        this.maxBatchSizeInBytes = maxBatchSizeInBytes;
        return self();
    }

    /** Milliseconds that an entry waits for others, at most. */
    public ConcreteBuilderT setMaxTimeInBufferMS(long maxTimeInBufferMS) {
        this.maxTimeInBufferMS = maxTimeInBufferMS;
        return self();
    }

    /** Bytes of a single entry, at most: a larger one fails the task. */
    public ConcreteBuilderT setMaxRecordSizeInBytes(long maxRecordSizeInBytes) {
        this.maxRecordSizeInBytes = maxRecordSizeInBytes;
        return self();
    }

    @SuppressWarnings("unchecked") // what a subclass says of itself
    private ConcreteBuilderT self() {
        return (ConcreteBuilderT) this;
    }

    public abstract AsyncSinkBase<InputT, RequestEntryT> build();

    /** Null if it was not set. */
    protected Integer getMaxBatchSize() {
        return maxBatchSize;
    }

    /** Null if it was not set. */
    protected Integer getMaxInFlightRequests() {
        return maxInFlightRequests;
    }

    /** Null if it was not set. */
    protected Integer getMaxBufferedRequests() {
        return maxBufferedRequests;
    }

    /** Null if it was not set. */
    protected Long getMaxBatchSizeInBytes() {
        return maxBatchSizeInBytes;
    }

    /** Null if it was not set. */
    protected Long getMaxTimeInBufferMS() {
        return maxTimeInBufferMS;
    }

    /** Null if it was not set. */
    protected Long getMaxRecordSizeInBytes() {
        return maxRecordSizeInBytes;
    }
}
