package io.millrace.connector.kafka;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What errors of Kafka's client mean, and what to do about them. Pure. */
public final class KafkaErrors {
    private KafkaErrors() {}

    /**
     * The error with its code, naming the brokers.
     *
     * @param error of a client, also as the cause of what a future threw
     * @param what was tried, with the topic, as in {@code read topic orders}
     * @param brokers the bootstrap servers as the program gave them
     */
    public static MillraceException of(Throwable error, String what, String brokers) {
        Throwable e = unwrapped(error);
        if (e instanceof MillraceException known) {
            return known;
        }
        if (e instanceof InterruptException || e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return new MillraceException(
                codeOf(e), "could not " + what + " at " + brokers + ": " + said(e) + advice(e), e);
    }

    /** Whether trying again may help. */
    public static boolean isTransient(Throwable error) {
        Throwable e = unwrapped(error);
        return e instanceof RetriableException && !isUnknownTopic(e);
    }

    /** Whether a topic or partition was not known to the brokers. */
    public static boolean isUnknownTopic(Throwable error) {
        return unwrapped(error) instanceof UnknownTopicOrPartitionException;
    }

    /** The client's own error behind what a future threw. */
    public static Throwable unwrapped(Throwable error) {
        Throwable e = error;
        while ((e instanceof ExecutionException || e instanceof CompletionException)
                && e.getCause() != null) {
            e = e.getCause();
        }
        return e;
    }

    private static ErrorCode codeOf(Throwable e) {
        if (isUnknownTopic(e) || e instanceof InvalidTopicException) {
            return ErrorCode.TOPIC_NOT_FOUND;
        }
        if (e instanceof AuthorizationException) {
            return ErrorCode.PERMISSION_DENIED;
        }
        if (e instanceof AuthenticationException) {
            return ErrorCode.AUTHENTICATION_FAILED;
        }
        if (e instanceof RetriableException) {
            return ErrorCode.BROKER_UNREACHABLE;
        }
        if (rootOf(e) instanceof ConfigException) {
            return ErrorCode.INVALID_OPTION;
        }
        return ErrorCode.STORAGE_FAILED;
    }

    private static String said(Throwable e) {
        Throwable said = e instanceof KafkaException ? rootOf(e) : e;
        String message = said.getMessage();
        return said.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    private static Throwable rootOf(Throwable e) {
        Throwable root = e;
        for (int depth = 0; root.getCause() instanceof KafkaException && depth < 10; depth++) {
            root = root.getCause();
        }
        return root;
    }

    private static String advice(Throwable e) {
        return switch (codeOf(e)) {
            case TOPIC_NOT_FOUND -> ". Check the name, or create the topic.";
            case PERMISSION_DENIED ->
                    ". Grant the principal of the job what it needs: READ and DESCRIBE of the topic"
                            + " and READ of its group to read, WRITE and DESCRIBE of the topic to"
                            + " write, WRITE and DESCRIBE of the transactional id for exactly once.";
            case AUTHENTICATION_FAILED ->
                    ". Check security.protocol, sasl.* and ssl.* of the client's properties.";
            case BROKER_UNREACHABLE ->
                    ". Check that the brokers run, that their advertised listeners can be reached"
                            + " from this host, and that security.protocol is theirs.";
            case INVALID_OPTION -> ". Check the client's properties.";
            default -> ".";
        };
    }
}
