package io.millrace.connector.file.compactor;

import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.file.Path;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Objects;

/** Reads records that a decoder finds in a stream. Confined to its thread. */
public class DecoderBasedReader<T> implements RecordWiseFileCompactor.Reader<T> {
    private final FSDataInputStream input;
    private final Decoder<T> decoder;

    public DecoderBasedReader(Path path, Decoder<T> decoder) throws IOException {
        this.decoder = Objects.requireNonNull(decoder, "decoder");
        this.input = path.getFileSystem().open(path);
        try {
            decoder.open(input);
        } catch (IOException | RuntimeException e) {
            try {
                input.close();
            } catch (IOException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    @Override
    public T read() throws IOException {
        return decoder.decodeNext();
    }

    @Override
    public void close() throws Exception {
        try (input) {
            decoder.close();
        }
    }

    /** The other way of an encoder. Confined to its thread. */
    public interface Decoder<T> extends Serializable {
        void open(InputStream input) throws IOException;

        /** Null at the end. */
        T decodeNext() throws IOException;

        /** Whoever opened it closes the stream. */
        void close() throws IOException;

        /** Makes a decoder for each file. */
        interface Factory<T> extends Serializable {
            Decoder<T> create();
        }
    }

    /** Makes a reader for each file. Immutable. */
    public static class Factory<T> implements RecordWiseFileCompactor.Reader.Factory<T> {
        private static final long serialVersionUID = 1L;

        private final Decoder.Factory<T> decoderFactory;

        public Factory(Decoder.Factory<T> decoderFactory) {
            this.decoderFactory = Objects.requireNonNull(decoderFactory, "decoder factory");
        }

        @Override
        public DecoderBasedReader<T> createFor(Path path) throws IOException {
            return new DecoderBasedReader<>(path, decoderFactory.create());
        }
    }
}
