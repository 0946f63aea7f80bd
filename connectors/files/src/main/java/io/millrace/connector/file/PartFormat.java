package io.millrace.connector.file;

import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.serialization.BulkWriter;
import io.millrace.api.serialization.Encoder;
import java.io.IOException;
import java.io.Serializable;
import java.util.Objects;

/** How records become the bytes of a file. Immutable. */
interface PartFormat<IN> extends Serializable {
    /** Begins a file. */
    PartContent<IN> begin(FSDataOutputStream file) throws IOException;

    /** Record after record. */
    record Rows<IN>(Encoder<IN> encoder) implements PartFormat<IN> {
        public Rows {
            Objects.requireNonNull(encoder, "encoder");
        }

        @Override
        public PartContent<IN> begin(FSDataOutputStream file) {
            return new RowContent<>(encoder, file);
        }
    }

    /** As a bulk writer likes. */
    record Bulk<IN>(BulkWriter.Factory<IN> factory) implements PartFormat<IN> {
        public Bulk {
            Objects.requireNonNull(factory, "bulk writer factory");
        }

        @Override
        public PartContent<IN> begin(FSDataOutputStream file) throws IOException {
            return new BulkContent<>(factory.create(file), file);
        }
    }
}
