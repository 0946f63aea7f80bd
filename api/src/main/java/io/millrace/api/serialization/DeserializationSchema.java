package io.millrace.api.serialization;

import io.millrace.api.function.Collector;
import io.millrace.api.function.UserCodeClassLoader;
import io.millrace.api.metric.MetricGroup;
import io.millrace.api.type.ResultTypeQueryable;
import java.io.IOException;
import java.io.Serializable;

/** Makes records of the bytes of an outside system. Confined to the task. */
public interface DeserializationSchema<T> extends Serializable, ResultTypeQueryable<T> {
    /** Called once, before the first message. */
    default void open(InitializationContext context) throws Exception {}

    /**
     * @return null to pass the message over
     */
    T deserialize(byte[] message) throws IOException;

    /** Any number of records of one message; the default is at most one. */
    default void deserialize(byte[] message, Collector<T> out) throws IOException {
        T record = deserialize(message);
        if (record != null) {
            out.collect(record);
        }
    }

    /** Whether the stream ends before this record. */
    boolean isEndOfStream(T nextElement);

    /** Where the schema is used. */
    interface InitializationContext {
        /** Where the schema's own metrics go. */
        MetricGroup getMetricGroup();

        UserCodeClassLoader getUserCodeClassLoader();
    }
}
