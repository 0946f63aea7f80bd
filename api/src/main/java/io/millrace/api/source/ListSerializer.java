package io.millrace.api.source;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** {@code elements' version, count, (length, bytes)*}, each number 4 bytes. Stateless. */
public final class ListSerializer<E> implements SimpleVersionedSerializer<Collection<E>> {
    private static final int VERSION = 1;

    private final SimpleVersionedSerializer<E> element;

    public ListSerializer(SimpleVersionedSerializer<E> element) {
        this.element = element;
    }

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(Collection<E> elements) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(element.getVersion());
        out.writeInt(elements.size());
        for (E each : elements) {
            byte[] one = element.serialize(each);
            out.writeInt(one.length);
            out.write(one);
        }
        return bytes.toByteArray();
    }

    @Override
    public Collection<E> deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException("A list of version " + version + "; known is " + VERSION + ".");
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
        int elementVersion = in.readInt();
        int count = in.readInt();
        List<E> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = in.readInt();
            if (length < 0 || length > in.available()) {
                throw new IOException(
                        "Element "
                                + i
                                + " has "
                                + length
                                + " bytes, but "
                                + in.available()
                                + " are left.");
            }
            elements.add(element.deserialize(elementVersion, in.readNBytes(length)));
        }
        return elements;
    }
}
