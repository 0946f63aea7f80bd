package io.millrace.connector.jdbc.sink;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * A transaction that is prepared and waits to be committed. Immutable.
 *
 * @param records how many it has
 * @param preparedMs when, milliseconds since the epoch
 * @param mark what its {@link CommitProof} needs to know it again
 */
record JdbcCommittable(SinkXid xid, long records, long preparedMs, String mark) {
    /**
     * As bytes.
     *
     * <pre>
     * committable := global id (52), records (long), prepared (long), mark (UTF)
     * </pre>
     */
    static final class Serializer implements SimpleVersionedSerializer<JdbcCommittable> {
        private static final int VERSION = 1;

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(JdbcCommittable committable) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.write(committable.xid.globalId());
            out.writeLong(committable.records);
            out.writeLong(committable.preparedMs);
            out.writeUTF(committable.mark);
            return bytes.toByteArray();
        }

        @Override
        public JdbcCommittable deserialize(int version, byte[] serialized) throws IOException {
            if (version != VERSION) {
                throw new IOException(
                        "A committable of the JDBC sink has version "
                                + version
                                + ", this release knows "
                                + VERSION
                                + ". Start the job with the release that wrote the checkpoint.");
            }
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
            byte[] globalId = new byte[SinkXid.GLOBAL_ID_BYTES];
            in.readFully(globalId);
            return new JdbcCommittable(
                    new SinkXid(globalId), in.readLong(), in.readLong(), in.readUTF());
        }
    }
}
