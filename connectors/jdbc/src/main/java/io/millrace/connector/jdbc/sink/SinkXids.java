package io.millrace.connector.jdbc.sink;

import io.millrace.api.stream.JobID;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Gives a writer the ids of its transactions, and knows which others it has to tidy up after.
 * Confined to the writer. The writer's part is random, so that no two attempts have an id in
 * common, whatever their numbers.
 */
final class SinkXids {
    private final byte[] writerScope;
    private final int subtask;
    private final int parallelism;
    private long number;

    private SinkXids(byte[] writerScope, int subtask, int parallelism) {
        this.writerScope = writerScope;
        this.subtask = subtask;
        this.parallelism = parallelism;
    }

    /**
     * @param operator the operator's identity in the job, the same after a restart
     */
    static SinkXids of(JobID job, String operator, int subtask, int parallelism) {
        UUID hash = UUID.nameUUIDFromBytes(operator.getBytes(StandardCharsets.UTF_8));
        byte[] scope =
                ByteBuffer.allocate(SinkXid.WRITER_SCOPE_BYTES)
                        .put(HexFormat.of().parseHex(job.toHexString()))
                        .putLong(hash.getMostSignificantBits())
                        .putLong(hash.getLeastSignificantBits())
                        .putInt(subtask)
                        .putLong(UUID.randomUUID().getMostSignificantBits())
                        .array();
        return new SinkXids(scope, subtask, parallelism);
    }

    SinkXid next() {
        return new SinkXid(
                ByteBuffer.allocate(SinkXid.GLOBAL_ID_BYTES)
                        .put(writerScope)
                        .putLong(number++)
                        .array());
    }

    /** What all transactions of this job's operator begin with. */
    byte[] operatorScope() {
        return Arrays.copyOf(writerScope, SinkXid.OPERATOR_SCOPE_BYTES);
    }

    /**
     * Whether a transaction is of another attempt at this subtask, or at one that there is no more
     * since the operator has fewer.
     */
    boolean isLeftBehind(SinkXid xid) {
        return !Arrays.equals(xid.first(SinkXid.WRITER_SCOPE_BYTES), writerScope)
                && isMineIn(operatorScope(), xid);
    }

    /** The same for a scope that this job has claimed. */
    boolean isMineIn(byte[] scope, SinkXid xid) {
        int other = xid.subtask();
        return Arrays.equals(xid.first(SinkXid.OPERATOR_SCOPE_BYTES), scope)
                && (other == subtask || (other >= parallelism && other % parallelism == subtask));
    }
}
