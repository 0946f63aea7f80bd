package io.millrace.connector.kafka.source;

/** A schema that may meet a record that ends the stream. Confined to the task. */
interface StreamEnd {
    /** Whether it has; the record itself was not emitted. */
    boolean reached();
}
