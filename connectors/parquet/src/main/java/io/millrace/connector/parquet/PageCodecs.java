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
        return new Compressor(codec);
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return new Decompressor(codec);
    }

    @Override
    public void release() {}

    /** Compresses pages. Stateless. */
    private record Compressor(CompressionCodecName codec) implements BytesInputCompressor {
        @Override
        public BytesInput compress(BytesInput bytes) throws IOException {
            return BytesInput.from(Codecs.compress(codec, bytes.toByteArray()));
        }

        @Override
        public CompressionCodecName getCodecName() {
            return codec;
        }

        @Override
        public void release() {}
    }

    /** Compresses pages by Zstandard at a level. Stateless. */
    record ZstdCompressor(int level) implements BytesInputCompressor {
        @Override
        public BytesInput compress(BytesInput bytes) throws IOException {
            return BytesInput.from(Codecs.zstd(bytes.toByteArray(), level));
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.ZSTD;
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
