package io.millrace.api.sink;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Comparator;

/**
 * Records that came in front of a checkpoint's barrier and are to be sent when it is complete.
 * Immutable; the bytes are not copied.
 *
 * @param subtask that received them; they may be another one's after a change of parallelism
 * @param timestampMs of the checkpoint
 * @param records one behind the other
 */
record AwaitedCheckpoint(long checkpointId, int subtask, long timestampMs, byte[] records)
        implements Comparable<AwaitedCheckpoint> {
    private static final int VERSION = 1;
    private static final Comparator<AwaitedCheckpoint> ORDER =
            Comparator.comparingLong(AwaitedCheckpoint::checkpointId)
                    .thenComparingInt(AwaitedCheckpoint::subtask);

    /* version: int, checkpoint: long, subtask: int, timestamp: long, length: int, records */
    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(records.length + 32);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(VERSION);
            out.writeLong(checkpointId);
            out.writeInt(subtask);
            out.writeLong(timestampMs);
            out.writeInt(records.length);
            out.write(records);
        } catch (IOException e) {
            throw new AssertionError("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /**
     * @throws IOException if the bytes are not of this form
     */
    static AwaitedCheckpoint of(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int version = in.readInt();
        if (version != VERSION) {
            throw new IOException(
                    "records that wait to be sent are saved in version "
                            + version
                            + ", this Millrace reads version "
                            + VERSION);
        }
        long checkpointId = in.readLong();
        int subtask = in.readInt();
        long timestampMs = in.readLong();
        int length = in.readInt();
        if (length != in.available()) {
            throw new IOException(
                    "records that wait to be sent have "
                            + in.available()
                            + " bytes, their length says "
                            + length);
        }
        return new AwaitedCheckpoint(checkpointId, subtask, timestampMs, in.readAllBytes());
    }

    /** Older checkpoints first. */
    @Override
    public int compareTo(AwaitedCheckpoint other) {
        return ORDER.compare(this, other);
    }
}
