package io.millrace.api.source;

import io.millrace.api.source.NumberSequenceSource.NumberSequenceSplit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** {@code id: UTF, from: 8 bytes, to: 8 bytes}. Stateless. */
final class RangeSplitSerializer implements SimpleVersionedSerializer<NumberSequenceSplit> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(NumberSequenceSplit split) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF(split.splitId());
        out.writeLong(split.from());
        out.writeLong(split.to());
        return bytes.toByteArray();
    }

    @Override
    public NumberSequenceSplit deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException("A split of version " + version + "; known is " + VERSION + ".");
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
        return new NumberSequenceSplit(in.readUTF(), in.readLong(), in.readLong());
    }
}
