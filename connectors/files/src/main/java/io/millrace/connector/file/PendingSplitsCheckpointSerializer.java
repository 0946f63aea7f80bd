package io.millrace.connector.file;

import io.millrace.api.file.Path;
import io.millrace.api.source.ListSerializer;
import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code version of the list, its length, the list of splits | paths: int, UTF each}. */
public final class PendingSplitsCheckpointSerializer<T extends FileSourceSplit>
        implements SimpleVersionedSerializer<PendingSplitsCheckpoint<T>> {
    private static final int VERSION = 1;

    private final ListSerializer<T> splits;

    public PendingSplitsCheckpointSerializer(SimpleVersionedSerializer<T> splitSerializer) {
        this.splits = new ListSerializer<>(splitSerializer);
    }

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(PendingSplitsCheckpoint<T> checkpoint) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        byte[] list = splits.serialize(checkpoint.getSplits());
        out.writeInt(splits.getVersion());
        out.writeInt(list.length);
        out.write(list);
        out.writeInt(checkpoint.getAlreadyProcessedPaths().size());
        for (Path path : checkpoint.getAlreadyProcessedPaths()) {
            out.writeUTF(path.toString());
        }
        return bytes.toByteArray();
    }

    @Override
    public PendingSplitsCheckpoint<T> deserialize(int version, byte[] serialized)
            throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "pending file splits of version " + version + "; known is " + VERSION);
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
        int listVersion = in.readInt();
        byte[] list = new byte[in.readInt()];
        in.readFully(list);
        int count = in.readInt();
        List<Path> paths = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            paths.add(new Path(in.readUTF()));
        }
        return PendingSplitsCheckpoint.fromCollectionSnapshot(
                splits.deserialize(listVersion, list), paths);
    }
}
