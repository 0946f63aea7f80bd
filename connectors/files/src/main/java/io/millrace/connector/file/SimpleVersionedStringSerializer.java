package io.millrace.connector.file;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Bucket names as UTF-8. Immutable. */
public final class SimpleVersionedStringSerializer implements SimpleVersionedSerializer<String> {
    public static final SimpleVersionedStringSerializer INSTANCE =
            new SimpleVersionedStringSerializer();

    @Override
    public int getVersion() {
        return 1;
    }

    @Override
    public byte[] serialize(String bucket) {
        return bucket.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String deserialize(int version, byte[] serialized) throws IOException {
        if (version != 1) {
            throw new IOException("a bucket name of version " + version + "; known is 1");
        }
        return new String(serialized, StandardCharsets.UTF_8);
    }
}
