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
 * The bytes of a split. Immutable.
 *
 * <pre>
 * id: UTF | path: UTF | offset: long | length: long | modified: long | file size: long
 * | hosts: int, UTF each | has position: boolean [| offset: long | records behind it: long]
 * </pre>
 */
public final class FileSourceSplitSerializer implements SimpleVersionedSerializer<FileSourceSplit> {
    public static final FileSourceSplitSerializer INSTANCE = new FileSourceSplitSerializer();
    private static final int VERSION = 2;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(FileSourceSplit split) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        write(split, out);
        return bytes.toByteArray();
    }

    static void write(FileSourceSplit split, DataOutputStream out) throws IOException {
        out.writeUTF(split.splitId());
        out.writeUTF(split.path().toString());
        out.writeLong(split.offset());
        out.writeLong(split.length());
        out.writeLong(split.fileModificationTime());
        out.writeLong(split.fileSize());
        String[] hosts = split.hostnames();
        out.writeInt(hosts.length);
        for (String host : hosts) {
            out.writeUTF(host);
        }
        CheckpointedPosition position = split.getReaderPosition().orElse(null);
        out.writeBoolean(position != null);
        if (position != null) {
            out.writeLong(position.offset());
            out.writeLong(position.recordsAfterOffset());
        }
    }

    @Override
    public FileSourceSplit deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "a file split of version " + version + "; this connector knows " + VERSION);
        }
        return read(new DataInputStream(new ByteArrayInputStream(serialized)));
    }

    static FileSourceSplit read(DataInputStream in) throws IOException {
        String id = in.readUTF();
        Path path = new Path(in.readUTF());
        long offset = in.readLong();
        long length = in.readLong();
        long modified = in.readLong();
        long fileSize = in.readLong();
        int hostCount = in.readInt();
        List<String> hosts = new ArrayList<>();
        for (int i = 0; i < hostCount; i++) {
            hosts.add(in.readUTF());
        }
        CheckpointedPosition position =
                in.readBoolean() ? new CheckpointedPosition(in.readLong(), in.readLong()) : null;
        return new FileSourceSplit(
                id,
                path,
                offset,
                length,
                modified,
                fileSize,
                hosts.toArray(String[]::new),
                position);
    }
}
