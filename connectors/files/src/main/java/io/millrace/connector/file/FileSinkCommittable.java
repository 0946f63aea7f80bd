package io.millrace.connector.file;

import io.millrace.api.file.Path;
import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * A file that is whole and that nobody sees yet. Immutable.
 *
 * @param staged where it lies
 * @param target where it will be seen
 */
public record FileSinkCommittable(Path staged, Path target, long bytes) {
    private static final long END = -1;

    /** No file: says that a writer's input has ended. */
    static FileSinkCommittable end(Path staging, Path output) {
        return new FileSinkCommittable(staging, output, END);
    }

    boolean isEnd() {
        return bytes == END;
    }

    /** staged: UTF | target: UTF | bytes: long. */
    static final class Serializer implements SimpleVersionedSerializer<FileSinkCommittable> {
        private static final int VERSION = 1;

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(FileSinkCommittable committable) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeUTF(committable.staged().toString());
            out.writeUTF(committable.target().toString());
            out.writeLong(committable.bytes());
            return bytes.toByteArray();
        }

        @Override
        public FileSinkCommittable deserialize(int version, byte[] serialized) throws IOException {
            if (version != VERSION) {
                throw new IOException(
                        "a file committable of version " + version + "; known is " + VERSION);
            }
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
            return new FileSinkCommittable(
                    new Path(in.readUTF()), new Path(in.readUTF()), in.readLong());
        }
    }
}
