package io.millrace.connector.kafka.source;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says when a client has no broker, which the client itself waits out for ever. Confined to the
 * client's thread.
 */
final class ConnectionWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionWatch.class);
    private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

    private final String brokers;

    /** Null if this client counts none. */
    private final Metric connections;

    private long lostNanos;
    private boolean lost;
    private boolean said;

    ConnectionWatch(Consumer<?, ?> client, String brokers) {
        this.brokers = brokers;
        this.connections =
                client.metrics().entrySet().stream()
                        .filter(
                                metric ->
                                        metric.getKey().name().equals("connection-count")
                                                && metric.getKey()
                                                        .group()
                                                        .equals("consumer-metrics"))
                        .map(java.util.Map.Entry::getValue)
                        .findFirst()
                        .orElse(null);
    }

    /**
     * @param empty whether the poll has waited in vain
     */
    void onPoll(boolean empty) {
        if (!empty || isConnected()) {
            if (said) {
                LOG.info("A broker answers again. brokers={}", brokers);
            }
            lost = false;
            said = false;
            return;
        }
        long now = System.nanoTime();
        if (!lost) {
            lost = true;
            lostNanos = now;
        } else if (!said && now - lostNanos > PATIENCE_NANOS) {
            said = true;
            LOG.warn(
                    "No broker answers for {} s; trying on. brokers={}. Check that they run and"
                            + " that their advertised listeners can be reached from here.",
                    Duration.ofNanos(now - lostNanos).toSeconds(),
                    brokers);
        }
    }

    private boolean isConnected() {
        return connections == null
                || !(connections.metricValue() instanceof Number count)
                || count.doubleValue() > 0;
    }
}
