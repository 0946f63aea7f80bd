package io.millrace.connector.file.compress;

import java.nio.charset.StandardCharsets;

/** A record's text in UTF-8, as a line. Stateless. */
public class DefaultExtractor<T> implements Extractor<T> {
    private static final long serialVersionUID = 1L;

    @Override
    public byte[] extract(T element) {
        return (element + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
