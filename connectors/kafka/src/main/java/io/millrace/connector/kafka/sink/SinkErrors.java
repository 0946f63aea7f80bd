package io.millrace.connector.kafka.sink;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.connector.kafka.KafkaErrors;
import java.io.IOException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;

/** What Kafka's client threw at a sink, as an error that says what follows. Pure. */
final class SinkErrors {
    private SinkErrors() {}

    /**
     * @param what what was tried, as in {@code write to topic orders}
     * @param servers the brokers as the program named them
     * @throws InterruptedException if that is what it was
     */
    static MillraceException of(Throwable thrown, String what, String servers)
            throws InterruptedException {
        Throwable error = KafkaErrors.unwrapped(thrown);
        if (error instanceof InterruptException) {
            // The client has restored the flag, which the exception stands for from here on.
            Thread.interrupted();
            InterruptedException interrupted = new InterruptedException("interrupted: " + what);
            interrupted.initCause(error);
            throw interrupted;
        }
        if (error instanceof RecordTooLargeException) {
            return new MillraceException(
                    ErrorCode.RECORD_TOO_LARGE,
                    "could not "
                            + what
                            + " at "
                            + servers
                            + ": "
                            + error.getMessage()
                            + " Raise max.request.size of the producer and max.message.bytes of"
                            + " the topic, or write smaller records.",
                    error);
        }
        return KafkaErrors.of(error, what, servers);
    }

    /** Whether the same again may succeed. */
    static boolean isRetriable(Throwable thrown) {
        Throwable error = KafkaErrors.unwrapped(thrown);
        return error instanceof RetriableException
                || error instanceof IOException
                || error.getCause() instanceof RetriableException;
    }
}
