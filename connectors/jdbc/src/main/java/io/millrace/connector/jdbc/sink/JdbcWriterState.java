package io.millrace.connector.jdbc.sink;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.IOException;

/**
 * What a writer leaves in checkpoints. Immutable.
 *
 * @param operatorScope what the ids of all transactions of its job and operator begin with; not to
 *     be changed
 */
record JdbcWriterState(byte[] operatorScope) {
    /** As bytes: the scope. */
    static final class Serializer implements SimpleVersionedSerializer<JdbcWriterState> {
        private static final int VERSION = 1;

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(JdbcWriterState state) {
            return state.operatorScope.clone();
        }

        @Override
        public JdbcWriterState deserialize(int version, byte[] serialized) throws IOException {
            if (version != VERSION || serialized.length != SinkXid.OPERATOR_SCOPE_BYTES) {
                throw new IOException(
                        "The state of a JDBC sink's writer has version "
                                + version
                                + " and "
                                + serialized.length
                                + " bytes, this release knows version "
                                + VERSION
                                + ". Start the job with the release that wrote the checkpoint.");
            }
            return new JdbcWriterState(serialized.clone());
        }
    }
}
