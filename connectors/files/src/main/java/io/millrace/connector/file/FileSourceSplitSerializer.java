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
 * id: UTF | path: UTF | offset: long | length: long | file size: long
 * | hosts: int, UTF each | has position: boolean [| offset: long | records behind it: long]
 * </pre>
 */
final class FileSourceSplitSerializer implements SimpleVersionedSerializer<FileSourceSplit> {
    static final FileSourceSplitSerializer INSTANCE = new FileSourceSplitSerializer();
    private static final int VERSION = 1;

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
        out.writeUTF(split.id());
        out.writeUTF(split.path().toString());
        out.writeLong(split.offset());
        out.writeLong(split.length());
        out.writeLong(split.fileSize());
        out.writeInt(split.hosts().size());
        for (String host : split.hosts()) {
            out.writeUTF(host);
        }
        out.writeBoolean(split.position() != null);
        if (split.position() != null) {
            out.writeLong(split.position().offset());
            out.writeLong(split.position().recordsAfterOffset());
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
        long fileSize = in.readLong();
        int hostCount = in.readInt();
        List<String> hosts = new ArrayList<>();
        for (int i = 0; i < hostCount; i++) {
            hosts.add(in.readUTF());
        }
        CheckpointedPosition position =
                in.readBoolean() ? new CheckpointedPosition(in.readLong(), in.readLong()) : null;
        return new FileSourceSplit(id, path, offset, length, fileSize, hosts, position);
    }
}
