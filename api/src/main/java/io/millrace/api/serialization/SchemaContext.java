package io.millrace.api.serialization;

import io.millrace.api.function.UserCodeClassLoader;
import io.millrace.api.metric.MetricGroup;
import java.util.Objects;

/** What a schema is opened with, wherever it is used. Immutable. */
public record SchemaContext(MetricGroup metrics, UserCodeClassLoader userCode)
        implements SerializationSchema.InitializationContext,
                DeserializationSchema.InitializationContext {
    public SchemaContext {
        Objects.requireNonNull(metrics);
        Objects.requireNonNull(userCode);
    }

    @Override
    public MetricGroup getMetricGroup() {
        return metrics;
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
        return userCode;
    }
}
