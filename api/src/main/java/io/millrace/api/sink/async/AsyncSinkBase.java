package io.millrace.api.sink.async;

import io.millrace.api.sink.StatefulSink;
import java.io.Serializable;
import java.util.Objects;

/**
 * A sink that sends records in batches and does not wait for the answers; at least once: what was
 * sent but not answered, or not sent, when the job fails is sent again. A subclass makes the
 * writers, which know how a batch is sent, and the serializer of what waits. Immutable.
 *
 * @param <InputT> the records
 * @param <RequestEntryT> what a request consists of
 */
@SuppressWarnings("deprecation")
public abstract class AsyncSinkBase<InputT, RequestEntryT extends Serializable>
        implements StatefulSink<InputT, BufferedRequestState<RequestEntryT>> {
    private static final long serialVersionUID = 1L;

    private final ElementConverter<InputT, RequestEntryT> elementConverter;
    private final int maxBatchSize;
    private final int maxInFlightRequests;
    private final int maxBufferedRequests;
    private final long maxBatchSizeInBytes;
    private final long maxTimeInBufferMS;
    private final long maxRecordSizeInBytes;
    private final long requestTimeoutMS;
    private final boolean failOnTimeout;

    /** As below, with ten minutes for a request, which is sent again then. */
    protected AsyncSinkBase(
            ElementConverter<InputT, RequestEntryT> elementConverter,
            int maxBatchSize,
            int maxInFlightRequests,
            int maxBufferedRequests,
            long maxBatchSizeInBytes,
            long maxTimeInBufferMS,
            long maxRecordSizeInBytes) {
        this(
                elementConverter,
                maxBatchSize,
                maxInFlightRequests,
                maxBufferedRequests,
                maxBatchSizeInBytes,
                maxTimeInBufferMS,
                maxRecordSizeInBytes,
                AsyncSinkWriterConfiguration.DEFAULT_REQUEST_TIMEOUT_MS,
                AsyncSinkWriterConfiguration.DEFAULT_FAIL_ON_TIMEOUT);
    }

    /** The limits are those of {@link AsyncSinkWriterConfiguration}. */
    protected AsyncSinkBase(
            ElementConverter<InputT, RequestEntryT> elementConverter,
            int maxBatchSize,
            int maxInFlightRequests,
            int maxBufferedRequests,
            long maxBatchSizeInBytes,
            long maxTimeInBufferMS,
            long maxRecordSizeInBytes,
            long requestTimeoutMS,
            boolean failOnTimeout) {
        this.elementConverter =
                Objects.requireNonNull(
                        elementConverter,
                        "A sink needs an ElementConverter, which makes what is sent.");
        this.maxBatchSize = maxBatchSize;
        this.maxInFlightRequests = maxInFlightRequests;
        this.maxBufferedRequests = maxBufferedRequests;
        this.maxBatchSizeInBytes = maxBatchSizeInBytes;
        this.maxTimeInBufferMS = maxTimeInBufferMS;
        this.maxRecordSizeInBytes = maxRecordSizeInBytes;
        this.requestTimeoutMS = requestTimeoutMS;
        this.failOnTimeout = failOnTimeout;
    }

    protected ElementConverter<InputT, RequestEntryT> getElementConverter() {
        return elementConverter;
    }

    protected int getMaxBatchSize() {
        return maxBatchSize;
    }

    protected int getMaxInFlightRequests() {
        return maxInFlightRequests;
    }

    protected int getMaxBufferedRequests() {
        return maxBufferedRequests;
    }

    protected long getMaxBatchSizeInBytes() {
        return maxBatchSizeInBytes;
    }

    protected long getMaxTimeInBufferMS() {
        return maxTimeInBufferMS;
    }

    protected long getMaxRecordSizeInBytes() {
        return maxRecordSizeInBytes;
    }

    protected long getRequestTimeoutMS() {
        return requestTimeoutMS;
    }

    protected boolean getFailOnTimeout() {
        return failOnTimeout;
    }
}
