package io.millrace.api.source;

import java.io.IOException;

/** Bytes from an object and back, with a version so that old bytes stay readable. Stateless. */
public interface SimpleVersionedSerializer<E> {
    /** The version that {@link #serialize} writes. */
    int getVersion();

    byte[] serialize(E obj) throws IOException;

    /**
     * @param version the one that the bytes were written with
     */
    E deserialize(int version, byte[] serialized) throws IOException;
}
