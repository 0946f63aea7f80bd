package io.millrace.connector.file.compress;

/** Makes {@link CompressWriterFactory}s. */
public class CompressWriters {
    private CompressWriters() {}

    /**
     * @param extractor the bytes of a record, with what ends it
     */
    public static <IN> CompressWriterFactory<IN> forExtractor(Extractor<IN> extractor) {
        return new CompressWriterFactory<>(extractor);
    }
}
