package io.millrace.runtime.operator;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.Serializer;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds functions that change records which they have emitted or received, for {@code
 * job.debug-copies}: whatever the type, the place behind gets a copy made through bytes, which is
 * compared after the call; the record itself is compared when its sender calls next. Confined to
 * its task.
 */
public final class CheckedHandOver extends Receiver {
    private static final Logger LOG = LoggerFactory.getLogger(CheckedHandOver.class);
    private static final int FIRST_BYTES = 256;

    private final Receiver next;
    private final Serializer<Object> serializer;
    private final String sender;
    private final String receiver;
    private final BinaryWriter writer = new BinaryWriter(FIRST_BYTES);
    private Object lastSent;
    private byte[] lastBytes;
    private boolean warned;

    /**
     * @param sender name of the operator whose records these are
     * @param receiver name of the operator behind
     */
    public CheckedHandOver(
            Receiver next, Serializer<Object> serializer, String sender, String receiver) {
        this.next = next;
        this.serializer = serializer;
        this.sender = sender;
        this.receiver = receiver;
    }

    @Override
    public void push(Object record, long timestampMs) {
        checkLast();
        byte[] bytes = bytesOf(record);
        Object copy = copyOf(record, bytes);
        byte[] copied = bytesOf(copy);
        next.push(copy, timestampMs);
        checkReceived(copy, copied);
        lastSent = record;
        lastBytes = bytes;
    }

    @Override
    public void pushKeyed(Object record, long timestampMs, int keyHash) {
        checkLast();
        byte[] bytes = bytesOf(record);
        Object copy = copyOf(record, bytes);
        byte[] copied = bytesOf(copy);
        next.pushKeyed(copy, timestampMs, keyHash);
        checkReceived(copy, copied);
        lastSent = record;
        lastBytes = bytes;
    }

    /** Null for null, and for what has no serial form and so cannot be checked. */
    private byte[] bytesOf(Object record) {
        if (record == null) {
            return null;
        }
        writer.clear();
        try {
            serializer.write(record, writer);
        } catch (MillraceException e) {
            if (e.code() != ErrorCode.RECORD_TYPE_UNKNOWN) {
                throw e;
            }
            if (!warned) {
                warned = true;
                LOG.warn(
                        "sender={} emits records of type={} that have no serial form; they are not"
                                + " checked",
                        sender,
                        record.getClass().getName());
            }
            return null;
        }
        return writer.toByteArray();
    }

    private Object copyOf(Object record, byte[] bytes) {
        return bytes == null ? record : serializer.read(new BinaryReader(bytes));
    }

    private void checkReceived(Object copy, byte[] copied) {
        if (!Arrays.equals(bytesOf(copy), copied)) {
            throw changed(receiver, "received from '" + sender + "'", copy);
        }
    }

    /** What was sent last must be as it was, since others may hold it. */
    private void checkLast() {
        Object sent = lastSent;
        lastSent = null;
        if (sent != null && !Arrays.equals(bytesOf(sent), lastBytes)) {
            throw changed(sender, "emitted to '" + receiver + "'", sent);
        }
    }

    private static MillraceException changed(String operator, String how, Object record) {
        return new MillraceException(
                ErrorCode.USER_CODE_FAILED,
                "operator '"
                        + operator
                        + "' has changed a record of "
                        + record.getClass().getName()
                        + " that it had "
                        + how
                        + ". Other operators may hold the same object: make a new one instead."
                        + " (Found by job.debug-copies.)");
    }

    @Override
    public void watermark(long timestampMs) {
        checkLast();
        next.watermark(timestampMs);
    }

    @Override
    public void idle() {
        checkLast();
        next.idle();
    }

    @Override
    public void active() {
        checkLast();
        next.active();
    }
}
