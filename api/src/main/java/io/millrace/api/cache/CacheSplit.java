package io.millrace.api.cache;

import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.SourceSplit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * A file of a cached stream. Immutable.
 *
 * @param skipped bytes that were read already
 */
public record CacheSplit(String file, long skipped) implements SourceSplit {
    @Override
    public String splitId() {
        return file;
    }

    /** file: UTF | skipped: long. */
    static final class Serializer implements SimpleVersionedSerializer<CacheSplit> {
        private static final int VERSION = 1;

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(CacheSplit split) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeUTF(split.file());
            out.writeLong(split.skipped());
            return bytes.toByteArray();
        }

        @Override
        public CacheSplit deserialize(int version, byte[] serialized) throws IOException {
            if (version != VERSION) {
                throw new IOException(
                        "a split of a cached stream of version "
                                + version
                                + "; known is "
                                + VERSION);
            }
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
            return new CacheSplit(in.readUTF(), in.readLong());
        }
    }
}
