package io.millrace.savepoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.PartContent;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.savepoint.SavepointManifest.Kind;
import io.millrace.savepoint.SavepointManifest.Operator;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * What a worker tells of the tables that it has written: a manifest of them, and what its broadcast
 * states were, so that those of several workers can be seen to be the same. Immutable.
 *
 * <pre>
 * magic: int, MRTS | CRC32C of what follows: int | states: int
 * | of each: operator, kind, name, form, description, digest: texts | manifest: JSON, to the end
 * </pre>
 */
record TableShare(SavepointManifest tables, List<Broadcast> broadcasts) {
    private static final int MAGIC = 0x4D525453;
    private static final int HEADER_BYTES = 8;
    private static final int FIRST_BYTES = 4096;

    TableShare {
        broadcasts = List.copyOf(broadcasts);
    }

    /**
     * The broadcast state of one subtask.
     *
     * @param operator its uid
     * @param digest SHA-256 of its number of items and its content, hexadecimal
     */
    record Broadcast(String operator, TableIdentity identity, String digest) {}

    /**
     * @param share the worker's part of the checkpoint
     * @param operators what has been written of it
     */
    static TableShare of(Manifest share, SegmentSource segments, List<Operator> operators) {
        List<Broadcast> broadcasts = new ArrayList<>();
        for (OperatorEntry operator : share.operators()) {
            for (TableState state : TableState.of(operator)) {
                if (state.kind() == Kind.BROADCAST) {
                    for (StatePart part : state.parts()) {
                        broadcasts.add(
                                new Broadcast(
                                        operator.id(), state.identity(), digest(part, segments)));
                    }
                }
            }
        }
        return new TableShare(SavepointManifest.of(share, operators), broadcasts);
    }

    private static String digest(StatePart part, SegmentSource segments) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.items()));
            sha.update(PartContent.read(part, segments, "state '" + part.name() + "'"));
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a JDK without SHA-256", e);
        }
    }

    byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(FIRST_BYTES);
        out.writeInt(broadcasts.size());
        for (Broadcast each : broadcasts) {
            out.writeString(each.operator());
            out.writeString(each.identity().kind().name());
            out.writeString(each.identity().name());
            out.writeString(each.identity().form());
            out.writeString(each.identity().description());
            out.writeString(each.digest());
        }
        byte[] manifest = ManifestJson.bytes(tables);
        out.writeBytes(manifest, 0, manifest.length);
        byte[] body = out.toByteArray();
        return ByteBuffer.allocate(HEADER_BYTES + body.length)
                .putInt(MAGIC)
                .putInt(Crc.of(body))
                .put(body)
                .array();
    }

    /** Whether a file in a manifest is one of these. */
    static boolean isOne(StoredFile file) {
        return file.isInManifest()
                && file.content().length > HEADER_BYTES
                && ByteBuffer.wrap(file.content()).getInt() == MAGIC;
    }

    /**
     * @param where who has written it, for messages
     * @throws MillraceException {@code CHECKPOINT_FILE_CORRUPT}
     */
    static TableShare parse(byte[] bytes, String where) {
        if (bytes.length <= HEADER_BYTES || ByteBuffer.wrap(bytes).getInt() != MAGIC) {
            throw damaged(where, bytes, "they do not say that they are that");
        }
        byte[] body = Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length);
        if (Crc.of(body) != ByteBuffer.wrap(bytes).getInt(Integer.BYTES)) {
            throw damaged(where, bytes, "they have another checksum");
        }
        try {
            BinaryReader in = new BinaryReader(body);
            List<Broadcast> broadcasts = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                String operator = in.readString();
                TableIdentity identity =
                        new TableIdentity(
                                Kind.valueOf(in.readString()),
                                in.readString(),
                                in.readString(),
                                in.readString());
                broadcasts.add(new Broadcast(operator, identity, in.readString()));
            }
            byte[] manifest = Arrays.copyOfRange(body, in.position(), body.length);
            return new TableShare(ManifestJson.parse(manifest, where), broadcasts);
        } catch (CorruptDataException | IllegalArgumentException e) {
            throw damaged(where, bytes, e.getMessage());
        }
    }

    private static MillraceException damaged(String where, byte[] bytes, String what) {
        return new MillraceException(
                ErrorCode.CHECKPOINT_FILE_CORRUPT,
                where
                        + ": "
                        + bytes.length
                        + " bytes about tables are not what was sent: "
                        + what
                        + ". Take the savepoint again.");
    }
}
