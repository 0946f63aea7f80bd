package io.millrace.connector.kafka.sink;

import io.millrace.api.metric.Gauge;
import io.millrace.api.metric.MetricGroup;
import io.millrace.api.metric.SinkWriterMetricGroup;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * What Kafka's client measures of a writer's producer: {@code currentSendTime}, and its own metrics
 * below {@code KafkaProducer}. Confined to the task, but that reporters read the values.
 *
 * <p>A writer of transactions has one producer after another; the values are those of the one that
 * it has used last.
 */
final class ProducerMetrics {
    private static final String GROUP = "producer-metrics";

    /** Null if the client's own are left out. */
    private final MetricGroup own;

    private final Set<String> registered = new HashSet<>();

    /** Null before the first. */
    private Producer<?, ?> shown;

    // Written by the task, read by the reporters' threads; by name, and not changed afterwards.
    private volatile Map<String, Metric> current = Map.of();

    private ProducerMetrics(MetricGroup own) {
        this.own = own;
    }

    static ProducerMetrics of(KafkaSinkSettings<?> settings, SinkWriterMetricGroup writer) {
        ProducerMetrics metrics =
                new ProducerMetrics(
                        settings.registersClientMetrics()
                                ? writer.addGroup("KafkaProducer")
                                : null);
        writer.setCurrentSendTimeGauge(metrics::sendTimeMs);
        return metrics;
    }

    /** From now on the values are those of this producer. */
    void show(Producer<?, ?> producer) {
        if (producer == shown) {
            return;
        }
        shown = producer;
        Map<String, Metric> found = new HashMap<>();
        for (Map.Entry<MetricName, ? extends Metric> each : producer.metrics().entrySet()) {
            MetricName name = each.getKey();
            if (name.group().equals(GROUP) && name.tags().keySet().equals(Set.of("client-id"))) {
                found.put(name.name(), each.getValue());
            }
        }
        current = found;
        if (own != null) {
            for (String name : found.keySet()) {
                if (registered.add(name)) {
                    Gauge<Object> gauge = () -> value(name);
                    own.gauge(name, gauge);
                }
            }
        }
    }

    private Object value(String name) {
        Metric metric = current.get(name);
        return metric == null ? 0.0 : metric.metricValue();
    }

    /** From the producer's queue to the acknowledgement, for a batch, as the client measures it. */
    private Long sendTimeMs() {
        return (long) (number("record-queue-time-avg") + number("request-latency-avg"));
    }

    private double number(String name) {
        return value(name) instanceof Double number && !number.isNaN() ? number : 0;
    }
}
