package io.millrace.connector.file;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The splits that no reader has been given yet: the state of the enumerator. Immutable. */
public record PendingSplits(List<FileSourceSplit> splits) {
    public PendingSplits {
        splits = List.copyOf(splits);
    }

    /** A count, then the splits one behind the other. */
    static final class Serializer implements SimpleVersionedSerializer<PendingSplits> {
        private static final int VERSION = 1;

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(PendingSplits pending) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(pending.splits().size());
            for (FileSourceSplit split : pending.splits()) {
                FileSourceSplitSerializer.write(split, out);
            }
            return bytes.toByteArray();
        }

        @Override
        public PendingSplits deserialize(int version, byte[] serialized) throws IOException {
            if (version != VERSION) {
                throw new IOException(
                        "pending file splits of version " + version + "; known is " + VERSION);
            }
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
            int count = in.readInt();
            List<FileSourceSplit> splits = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                splits.add(FileSourceSplitSerializer.read(in));
            }
            return new PendingSplits(splits);
        }
    }
}
