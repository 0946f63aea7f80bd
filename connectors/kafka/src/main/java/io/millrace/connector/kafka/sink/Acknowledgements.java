package io.millrace.connector.kafka.sink;

import io.millrace.api.metric.Counter;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the brokers say about records, and the first thing that went wrong. Called by the client's
 * thread; the failure is read by the task.
 */
final class Acknowledgements implements Callback {
    private static final Logger LOG = LoggerFactory.getLogger(Acknowledgements.class);

    private final Counter errors;

    /** Null where nobody asks where records have gone. */
    private final WrittenRecords written;

    private final boolean logsOnly;

    // Written by the client's thread, read by the task's: the first failure.
    private volatile Exception failure;

    /**
     * @param errors counted up by the client's thread
     * @param logsOnly whether failures stop nobody
     */
    Acknowledgements(Counter errors, WrittenRecords written, boolean logsOnly) {
        this.errors = errors;
        this.written = written;
        this.logsOnly = logsOnly;
    }

    @Override
    public void onCompletion(RecordMetadata metadata, Exception exception) {
        if (exception != null) {
            errors.inc();
            if (logsOnly) {
                LOG.error("A record was not written and is missing.", exception);
            } else if (failure == null) {
                failure = exception;
            }
        } else if (written != null) {
            written.add(metadata.topic(), metadata.partition(), metadata.offset());
        }
    }

    /** Throws what has gone wrong, if anything has. */
    void check(String servers) throws InterruptedException {
        Exception first = failure;
        if (first != null) {
            throw SinkErrors.of(first, "write records", servers);
        }
    }
}
