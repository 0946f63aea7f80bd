package io.millrace.api.sink.async;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code count, (size, length, entry)*}: the count and lengths 4 bytes, the size 8. A sink says how
 * one entry is written. Stateless.
 */
public abstract class AsyncSinkWriterStateSerializer<RequestEntryT extends Serializable>
        implements SimpleVersionedSerializer<BufferedRequestState<RequestEntryT>> {
    protected abstract void serializeRequestToStream(RequestEntryT request, DataOutputStream out)
            throws IOException;

    /**
     * Reads all that {@link #serializeRequestToStream} has written of one entry, and nothing more.
     *
     * @param requestSize the entry's size as its writer had it, in bytes
     */
    protected abstract RequestEntryT deserializeRequestFromStream(
            long requestSize, DataInputStream in) throws IOException;

    @Override
    public byte[] serialize(BufferedRequestState<RequestEntryT> state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(state.getBufferedRequestEntries().size());
        ByteArrayOutputStream one = new ByteArrayOutputStream();
        for (RequestEntryWrapper<RequestEntryT> entry : state.getBufferedRequestEntries()) {
            one.reset();
            DataOutputStream oneOut = new DataOutputStream(one);
            serializeRequestToStream(entry.getRequestEntry(), oneOut);
            oneOut.flush();
            out.writeLong(entry.getSize());
            out.writeInt(one.size());
            one.writeTo(out);
        }
        return bytes.toByteArray();
    }

    @Override
    public BufferedRequestState<RequestEntryT> deserialize(int version, byte[] serialized)
            throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
        int count = in.readInt();
        List<RequestEntryWrapper<RequestEntryT>> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long size = in.readLong();
            int length = in.readInt();
            if (length < 0 || length > in.available()) {
                throw new IOException(
                        "Entry "
                                + i
                                + " of "
                                + count
                                + " has "
                                + length
                                + " bytes by its length, but "
                                + in.available()
                                + " are left: the state of the sink is damaged.");
            }
            DataInputStream one =
                    new DataInputStream(new ByteArrayInputStream(in.readNBytes(length)));
            entries.add(new RequestEntryWrapper<>(deserializeRequestFromStream(size, one), size));
            if (one.available() > 0) {
                throw new IOException(
                        getClass().getName()
                                + " has left "
                                + one.available()
                                + " of "
                                + length
                                + " bytes of entry "
                                + i
                                + " unread: it must read what it writes.");
            }
        }
        return new BufferedRequestState<>(entries);
    }
}
