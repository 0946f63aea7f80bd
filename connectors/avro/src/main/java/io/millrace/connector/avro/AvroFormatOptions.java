package io.millrace.connector.avro;

/** Options of messages of Avro. */
public final class AvroFormatOptions {
    private AvroFormatOptions() {}

    /** How a record stands in a message. */
    public enum AvroEncoding {
        BINARY,
        JSON
    }
}
