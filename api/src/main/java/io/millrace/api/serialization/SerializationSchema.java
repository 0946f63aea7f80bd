package io.millrace.api.serialization;

import io.millrace.api.function.UserCodeClassLoader;
import io.millrace.api.metric.MetricGroup;
import java.io.Serializable;

/** Makes bytes of records for an outside system. Confined to the task. */
public interface SerializationSchema<T> extends Serializable {
    /** Called once, before the first record. */
    default void open(InitializationContext context) throws Exception {}

    byte[] serialize(T element);

    /** Where the schema is used. */
    interface InitializationContext {
        /** Where the schema's own metrics go. */
        MetricGroup getMetricGroup();

        UserCodeClassLoader getUserCodeClassLoader();
    }
}
