package io.millrace.api.source.hybrid;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** {@code source's index, version, id, split}: two numbers and two {@link Blocks}. Stateless. */
final class HybridSourceSplitSerializer implements SimpleVersionedSerializer<HybridSourceSplit> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(HybridSourceSplit split) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(split.sourceIndex());
        out.writeInt(split.wrappedVersion());
        Blocks.write(out, split.splitId().getBytes(StandardCharsets.UTF_8));
        Blocks.write(out, split.wrapped());
        return bytes.toByteArray();
    }

    @Override
    public HybridSourceSplit deserialize(int version, byte[] serialized) throws IOException {
        Blocks.requireVersion(VERSION, version, "A split of a hybrid source");
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
        int sourceIndex = in.readInt();
        int wrappedVersion = in.readInt();
        String splitId = new String(Blocks.read(in, "A split's id"), StandardCharsets.UTF_8);
        return new HybridSourceSplit(
                sourceIndex, splitId, wrappedVersion, Blocks.read(in, "Split " + splitId));
    }
}
