package io.millrace.connector.kafka.source;

/** A record that could not be read: where it is, what is in it, and why. */
public class CorruptRecord {
    public String topic;
    public int partition;
    public long offset;

    /** In milliseconds since the epoch; -1 if it has none. */
    public long timestamp;

    /** Null if it has none. */
    public byte[] key;

    /** Null if it is a tombstone. */
    public byte[] value;

    /** What the schema threw. */
    public String error;

    public CorruptRecord() {}

    @Override
    public String toString() {
        return topic + "-" + partition + " offset " + offset + ": " + error;
    }
}
