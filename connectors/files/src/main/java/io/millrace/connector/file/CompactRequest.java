package io.millrace.connector.file;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Files of one directory that become one. Immutable.
 *
 * @param files at least one; a single one stays as it is
 */
record CompactRequest(List<FileSinkCommittable> files) {
    CompactRequest {
        files = List.copyOf(files);
    }

    /**
     * Stateless.
     *
     * <pre>
     * version 1 := version of the files (int), how many (int), (length (int), bytes)*
     * </pre>
     */
    static final class Serializer implements SimpleVersionedSerializer<CompactRequest> {
        private static final int VERSION = 1;

        private final FileSinkCommittable.Serializer file = new FileSinkCommittable.Serializer();

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(CompactRequest request) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(file.getVersion());
            out.writeInt(request.files().size());
            for (FileSinkCommittable each : request.files()) {
                byte[] one = file.serialize(each);
                out.writeInt(one.length);
                out.write(one);
            }
            return bytes.toByteArray();
        }

        @Override
        public CompactRequest deserialize(int version, byte[] serialized) throws IOException {
            if (version != VERSION) {
                throw new IOException(
                        "a compaction of version " + version + "; known is " + VERSION);
            }
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
            int fileVersion = in.readInt();
            int count = in.readInt();
            List<FileSinkCommittable> files = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                files.add(file.deserialize(fileVersion, in.readNBytes(in.readInt())));
            }
            return new CompactRequest(files);
        }
    }
}
