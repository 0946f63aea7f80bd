package io.millrace.connector.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Our codecs as parquet-java wants them, so that it needs none of Hadoop's. Stateless. */
final class PageCodecs implements CompressionCodecFactory {
    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        return new Compressor(codec, Codecs.ZSTD_LEVEL);
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return new Decompressor(codec);
    }

    @Override
    public void release() {}

    /** Compresses pages, in room that is used again. Confined to its user. */
    static final class Compressor implements BytesInputCompressor {
        private static final int KEPT_BYTES = 8 << 20;

        private final CompressionCodecName codec;
        private final int level;
        private byte[] room = {};

        /**
         * @param level of Zstandard
         */
        Compressor(CompressionCodecName codec, int level) {
            this.codec = codec;
            this.level = level;
        }

        @Override
        public BytesInput compress(BytesInput bytes) throws IOException {
            ByteBuffer raw = bytes.toByteBuffer();
            if (!raw.hasArray()) {
                raw = ByteBuffer.wrap(bytes.toByteArray());
            }
            int length = raw.remaining();
            room = Codecs.atLeast(room, Codecs.room(codec, length));
            int from = raw.arrayOffset() + raw.position();
            byte[] stored = Codecs.compress(codec, level, raw.array(), from, length, room);
            if (room.length > KEPT_BYTES) {
                room = new byte[0];
            }
            return BytesInput.from(stored);
        }

        @Override
        public CompressionCodecName getCodecName() {
            return codec;
        }

        @Override
        public void release() {}
    }

    /** Decompresses pages. Stateless. */
    private record Decompressor(CompressionCodecName codec) implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput bytes, int rawLength) throws IOException {
            byte[] source = bytes.toByteArray();
            byte[] raw = new byte[rawLength];
            Codecs.decompress(codec, source, 0, source.length, raw, 0, rawLength);
            return BytesInput.from(raw);
        }

        @Override
        public void decompress(ByteBuffer input, int length, ByteBuffer output, int rawLength)
                throws IOException {
            byte[] source = new byte[length];
            input.get(source);
            byte[] raw = new byte[rawLength];
            Codecs.decompress(codec, source, 0, length, raw, 0, rawLength);
            output.put(raw);
        }

        @Override
        public void release() {}
    }
}
