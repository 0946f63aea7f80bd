package io.millrace.connector.file.compress;

import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.serialization.BulkWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/**
 * Writes records into compressed files, for {@code FileSink.forBulkFormat}. Nothing is compressed
 * until a codec is named. Give files the suffix by which they are read again ({@code
 * OutputFileConfig}): {@code .gz}, {@code .deflate}, {@code .xz}. Not thread-safe until the sink is
 * built.
 */
public class CompressWriterFactory<IN> implements BulkWriter.Factory<IN> {
    private static final long serialVersionUID = 1L;

    /** Takes 32 MB for each open file, where the usual one takes three times as much. */
    private static final int XZ_PRESET = 3;

    private final Extractor<IN> extractor;
    private Codec codec = Codec.NONE;

    /** How bytes are compressed. */
    private enum Codec {
        NONE,
        GZIP,
        DEFLATE,
        XZ
    }

    public CompressWriterFactory(Extractor<IN> extractor) {
        this.extractor = Objects.requireNonNull(extractor, "extractor");
    }

    /**
     * @param codecName Gzip, Deflate or XZ in any case, or the name of Hadoop's class for it; no
     *     class of Hadoop is needed
     * @throws IllegalArgumentException if it is another one
     */
    public CompressWriterFactory<IN> withHadoopCompression(String codecName) {
        String name = codecName.substring(codecName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        codec =
                switch (name.endsWith("codec") ? name.substring(0, name.length() - 5) : name) {
                    case "gzip" -> Codec.GZIP;
                    case "deflate", "default" -> Codec.DEFLATE;
                    case "xz" -> Codec.XZ;
                    default ->
                            throw new IllegalArgumentException(
                                    "Files are compressed by Gzip, Deflate or XZ, not by "
                                            + codecName
                                            + ".");
                };
        return this;
    }

    @Override
    public BulkWriter<IN> create(FSDataOutputStream out) throws IOException {
        OutputStream compressed =
                switch (codec) {
                    case NONE -> new Open(out);
                    case GZIP -> new GZIPOutputStream(new Open(out));
                    case DEFLATE -> new DeflaterOutputStream(new Open(out));
                    case XZ -> new XZOutputStream(new Open(out), new LZMA2Options(XZ_PRESET));
                };
        return new Writer<>(extractor, compressed);
    }

    /** Puts the bytes of records through a stream. Confined to its task. */
    private record Writer<IN>(Extractor<IN> extractor, OutputStream stream)
            implements BulkWriter<IN> {
        @Override
        public void addElement(IN element) throws IOException {
            stream.write(extractor.extract(element));
        }

        /** Has no effect: to cut the compressed stream would make it longer. */
        @Override
        public void flush() {}

        @Override
        public void finish() throws IOException {
            stream.close(); // writes what ends it, and frees the compressor's memory
        }
    }

    /** The file belongs to who began it. Confined to its task. */
    private static final class Open extends FilterOutputStream {
        Open(FSDataOutputStream file) {
            super(file);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void flush() {
            // The file is synced when it is sealed.
        }

        @Override
        public void close() {
            // Its owner closes the file.
        }
    }
}
