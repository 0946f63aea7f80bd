package io.millrace.runtime.exchange.remote;

import io.millrace.runtime.exchange.remote.DataFrame.Kind;
import io.millrace.runtime.exchange.stored.ResultFiles.Section;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.wire.DataConnection;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends neighbouring ranges of a result in parts, as far as its reader has granted. Confined to the
 * network thread, but for the end of parts.
 */
final class RangeSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RangeSender.class);
    private static final int LARGEST_PART_BYTES = 256 << 10;
    private static final int SMALLEST_PART_BYTES = 4 << 10;

    private final DataConnection connection;
    private final int channel;
    private final Section section;
    private final byte[] head;
    private final SendWindow window = new SendWindow();
    // Who needs the file: this, and each part that is queued. The last one closes it; parts may end
    // on other threads when the network's have ended.
    private final AtomicInteger users = new AtomicInteger(1);
    private final int partBytes;
    private long sentBytes;

    /**
     * @param section handed over
     */
    RangeSender(DataConnection connection, int channel, Section section, long windowBytes) {
        this.connection = connection;
        this.channel = channel;
        this.section = section;
        this.window.onGranted(windowBytes);
        // One part goes beyond the window at most.
        this.partBytes =
                (int) Math.max(SMALLEST_PART_BYTES, Math.min(LARGEST_PART_BYTES, windowBytes / 2));
        BinaryWriter out = new BinaryWriter(DataFrame.HEAD_BYTES);
        DataFrame.head(out, Kind.RANGE_PART, channel);
        this.head = out.toByteArray();
    }

    int channel() {
        return channel;
    }

    void onGranted(long total) {
        window.onGranted(total);
    }

    /** Queues what may go now; returns whether that was the last of it. */
    boolean send() {
        while (sentBytes < section.bytes() && window.isOpen() && connection.isWritable()) {
            int bytes = (int) Math.min(partBytes, section.bytes() - sentBytes);
            users.incrementAndGet();
            connection.send(
                    head, section.file(), section.offset() + sentBytes, bytes, this::release);
            sentBytes += bytes;
            window.onSent(DataFrame.cost(head.length + bytes));
        }
        return sentBytes == section.bytes();
    }

    private void release() {
        if (users.decrementAndGet() == 0) {
            try {
                section.file().close();
            } catch (IOException e) {
                LOG.warn("A file that was only read does not close", e);
            }
        }
    }

    /** Sends no more; once. */
    @Override
    public void close() {
        release();
    }
}
