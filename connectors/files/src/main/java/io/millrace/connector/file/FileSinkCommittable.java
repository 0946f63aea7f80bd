package io.millrace.connector.file;

import io.millrace.api.file.Path;
import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that is whole and that nobody sees yet. Immutable.
 *
 * @param staged where it lies
 * @param target where it will be seen
 * @param parts staged files that it was put together of; they go when it is visible
 */
public record FileSinkCommittable(Path staged, Path target, long bytes, List<Path> parts) {
    private static final long END = -1;

    public FileSinkCommittable {
        parts = List.copyOf(parts);
    }

    /** A file that a writer has written. */
    public FileSinkCommittable(Path staged, Path target, long bytes) {
        this(staged, target, bytes, List.of());
    }

    /** No file: says that a writer's input has ended. */
    static FileSinkCommittable end(Path staging, Path output) {
        return new FileSinkCommittable(staging, output, END);
    }

    boolean isEnd() {
        return bytes == END;
    }

    /**
     * Stateless.
     *
     * <pre>
     * version 1 := staged: UTF | target: UTF | bytes: long
     * version 2 := version 1 | number of parts: int | (part: UTF)*
     * </pre>
     */
    static final class Serializer implements SimpleVersionedSerializer<FileSinkCommittable> {
        private static final int WITHOUT_PARTS = 1;
        private static final int VERSION = 2;

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
            out.writeInt(committable.parts().size());
            for (Path part : committable.parts()) {
                out.writeUTF(part.toString());
            }
            return bytes.toByteArray();
        }

        @Override
        public FileSinkCommittable deserialize(int version, byte[] serialized) throws IOException {
            if (version != VERSION && version != WITHOUT_PARTS) {
                throw new IOException(
                        "a file committable of version "
                                + version
                                + "; known are "
                                + WITHOUT_PARTS
                                + " and "
                                + VERSION);
            }
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
            Path staged = new Path(in.readUTF());
            Path target = new Path(in.readUTF());
            long bytes = in.readLong();
            List<Path> parts = new ArrayList<>();
            if (version != WITHOUT_PARTS) {
                for (int left = in.readInt(); left > 0; left--) {
                    parts.add(new Path(in.readUTF()));
                }
            }
            return new FileSinkCommittable(staged, target, bytes, parts);
        }
    }
}
