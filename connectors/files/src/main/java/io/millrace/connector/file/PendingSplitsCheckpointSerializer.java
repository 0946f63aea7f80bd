package io.millrace.connector.file;

import io.millrace.api.file.Path;
import io.millrace.api.source.ListSerializer;
import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * The bytes of an enumerator's state, deflated since version 2: paths of thousands of files differ
 * in little. Immutable.
 *
 * <pre>
 * version of the list: int | its length: int | the list of splits | paths: int, UTF each
 * </pre>
 */
public final class PendingSplitsCheckpointSerializer<T extends FileSourceSplit>
        implements SimpleVersionedSerializer<PendingSplitsCheckpoint<T>> {
    private static final int PLAIN = 1;
    private static final int VERSION = 2;

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
        byte[] list = splits.serialize(checkpoint.getSplits());
        Deflater fast = new Deflater(Deflater.BEST_SPEED);
        try (DataOutputStream out =
                new DataOutputStream(
                        new BufferedOutputStream(new DeflaterOutputStream(bytes, fast), 8192))) {
            out.writeInt(splits.getVersion());
            out.writeInt(list.length);
            out.write(list);
            out.writeInt(checkpoint.getAlreadyProcessedPaths().size());
            for (Path path : checkpoint.getAlreadyProcessedPaths()) {
                out.writeUTF(path.toString());
            }
        } finally {
            fast.end();
        }
        return bytes.toByteArray();
    }

    @Override
    public PendingSplitsCheckpoint<T> deserialize(int version, byte[] serialized)
            throws IOException {
        InputStream bytes = new ByteArrayInputStream(serialized);
        switch (version) {
            case PLAIN -> {
                return read(bytes);
            }
            case VERSION -> {
                try (InputStream inflated = new InflaterInputStream(bytes)) {
                    return read(inflated);
                }
            }
            default ->
                    throw new IOException(
                            "pending file splits of version "
                                    + version
                                    + "; this connector knows "
                                    + PLAIN
                                    + " and "
                                    + VERSION
                                    + ". Start the job with the release that wrote them, or a"
                                    + " younger one.");
        }
    }

    private PendingSplitsCheckpoint<T> read(InputStream bytes) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(bytes));
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
