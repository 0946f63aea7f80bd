package io.millrace.api.source.hybrid;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** {@code index, state's version, source, state}: two numbers and two {@link Blocks}. Stateless. */
final class HybridSourceEnumeratorStateSerializer
        implements SimpleVersionedSerializer<HybridSourceEnumeratorState> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(HybridSourceEnumeratorState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(state.getCurrentSourceIndex());
        out.writeInt(state.wrappedVersion());
        Blocks.write(out, state.source());
        Blocks.write(out, state.wrapped());
        return bytes.toByteArray();
    }

    @Override
    public HybridSourceEnumeratorState deserialize(int version, byte[] serialized)
            throws IOException {
        Blocks.requireVersion(VERSION, version, "The state of a hybrid source");
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
        int index = in.readInt();
        int wrappedVersion = in.readInt();
        byte[] source = Blocks.read(in, "Source " + index);
        return new HybridSourceEnumeratorState(
                index, source, wrappedVersion, Blocks.read(in, "The state of source " + index));
    }
}
