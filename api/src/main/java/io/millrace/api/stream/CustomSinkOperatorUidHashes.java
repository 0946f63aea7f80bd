package io.millrace.api.stream;

/**
 * The identities of the parts of a sink, as another program's generated ones. A sink is one
 * operator here, so only that of its writer has an effect. Immutable.
 */
public class CustomSinkOperatorUidHashes {
    /** None. */
    public static final CustomSinkOperatorUidHashes DEFAULT = builder().build();

    private final String writerUidHash;

    private CustomSinkOperatorUidHashes(String writerUidHash) {
        this.writerUidHash = writerUidHash;
    }

    public static SinkOperatorUidHashesBuilder builder() {
        return new SinkOperatorUidHashesBuilder();
    }

    /** Null for none. */
    String writerUidHash() {
        return writerUidHash;
    }

    /** Collects the identities. Not thread-safe. */
    public static class SinkOperatorUidHashesBuilder {
        private String writerUidHash;

        /** See {@link DataStreamSink#setUidHash}. */
        public SinkOperatorUidHashesBuilder setWriterUidHash(String writerUidHash) {
            this.writerUidHash = writerUidHash;
            return this;
        }

        /** Has no effect: committers keep nothing between two runs of a program. */
        public SinkOperatorUidHashesBuilder setCommitterUidHash(String committerUidHash) {
            return this;
        }

        /** Has no effect: committers keep nothing between two runs of a program. */
        public SinkOperatorUidHashesBuilder setGlobalCommitterUidHash(
                String globalCommitterUidHash) {
            return this;
        }

        public CustomSinkOperatorUidHashes build() {
            return new CustomSinkOperatorUidHashes(writerUidHash);
        }
    }
}
