package io.millrace.api.cache;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Names of files, in UTF-8. Stateless. */
final class TextForm implements SimpleVersionedSerializer<String> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "The name of a cache's file is of form "
                            + version
                            + ", and this version reads form "
                            + VERSION
                            + ".");
        }
        return new String(serialized, StandardCharsets.UTF_8);
    }
}
