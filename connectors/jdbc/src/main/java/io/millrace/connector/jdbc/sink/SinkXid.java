package io.millrace.connector.jdbc.sink;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import javax.transaction.xa.Xid;

/**
 * The identity of one transaction of a sink. Immutable.
 *
 * <pre>
 * format            := "MLRC" as a number
 * global id         := job (16) operator (16) subtask (4) writer (8) number (8), each big-endian
 * branch qualifier  := 0 (1)
 * </pre>
 *
 * All that tells transactions apart is in the global id: some databases, as Oracle, take branches
 * of one global id for one transaction.
 *
 * @param globalId not to be changed
 */
record SinkXid(byte[] globalId) implements Xid {
    static final int FORMAT = 0x4D4C5243;

    /** What all transactions of a job's operator begin with. */
    static final int OPERATOR_SCOPE_BYTES = 32;

    static final int SUBTASK_SCOPE_BYTES = OPERATOR_SCOPE_BYTES + Integer.BYTES;
    static final int WRITER_SCOPE_BYTES = SUBTASK_SCOPE_BYTES + Long.BYTES;
    static final int GLOBAL_ID_BYTES = WRITER_SCOPE_BYTES + Long.BYTES;

    SinkXid {
        if (globalId.length != GLOBAL_ID_BYTES) {
            throw new IllegalArgumentException(globalId.length + " bytes");
        }
    }

    /** Null if the id is not one of a sink. */
    static SinkXid of(Xid xid) {
        return xid.getFormatId() == FORMAT && xid.getGlobalTransactionId().length == GLOBAL_ID_BYTES
                ? new SinkXid(xid.getGlobalTransactionId().clone())
                : null;
    }

    /** Hexadecimal; the first 32 digits are the job's id. */
    String text() {
        return HexFormat.of().formatHex(globalId);
    }

    byte[] first(int bytes) {
        return Arrays.copyOf(globalId, bytes);
    }

    int subtask() {
        int subtask = 0;
        for (int i = OPERATOR_SCOPE_BYTES; i < SUBTASK_SCOPE_BYTES; i++) {
            subtask = (subtask << Byte.SIZE) | (globalId[i] & 0xFF);
        }
        return subtask;
    }

    @Override
    public int getFormatId() {
        return FORMAT;
    }

    @Override
    public byte[] getGlobalTransactionId() {
        return globalId.clone();
    }

    @Override
    public byte[] getBranchQualifier() {
        return new byte[1];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SinkXid that && Arrays.equals(globalId, that.globalId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(FORMAT, Arrays.hashCode(globalId));
    }

    @Override
    public String toString() {
        return text();
    }
}
