package io.millrace.connector.kafka.sink;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What a writer leaves in checkpoints. Immutable.
 *
 * @param operatorScope what the ids of all transactions of its job and operator begin with
 */
record KafkaWriterState(String operatorScope) {
    /** As bytes: the scope in UTF-8. */
    static final class Serializer implements SimpleVersionedSerializer<KafkaWriterState> {
        private static final int VERSION = 1;

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(KafkaWriterState state) {
            return state.operatorScope.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public KafkaWriterState deserialize(int version, byte[] serialized) throws IOException {
            if (version != VERSION) {
                throw new IOException(
                        "The state of a Kafka sink's writer has version "
                                + version
                                + ", this release knows "
                                + VERSION
                                + ". Start the job with the release that wrote the checkpoint.");
            }
            return new KafkaWriterState(new String(serialized, StandardCharsets.UTF_8));
        }
    }
}
