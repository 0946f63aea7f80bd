package io.millrace.connector.kafka.sink;

import io.millrace.api.metric.Gauge;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * How long a batch takes from the producer's queue to its acknowledgement, in milliseconds, as the
 * client measures it. Set by the task, read by whoever reports metrics.
 */
final class SendTime implements Gauge<Long> {
    private record Parts(Metric queued, Metric answered) {}

    // Written by the task, read by the reporter's thread.
    private volatile Parts parts;

    void of(Producer<?, ?> producer) {
        parts =
                new Parts(
                        find(producer.metrics(), "record-queue-time-avg"),
                        find(producer.metrics(), "request-latency-avg"));
    }

    private static Metric find(Map<MetricName, ? extends Metric> all, String name) {
        for (Map.Entry<MetricName, ? extends Metric> each : all.entrySet()) {
            if (each.getKey().group().equals("producer-metrics")
                    && each.getKey().name().equals(name)) {
                return each.getValue();
            }
        }
        return null;
    }

    @Override
    public Long getValue() {
        Parts now = parts;
        return now == null ? 0L : (long) (value(now.queued) + value(now.answered));
    }

    private static double value(Metric metric) {
        return metric != null && metric.metricValue() instanceof Double value && !value.isNaN()
                ? value
                : 0;
    }
}
