package io.millrace.connector.file.compactor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Lines in UTF-8, as {@code SimpleStringEncoder} writes them. Confined to its thread. */
public class SimpleStringDecoder implements DecoderBasedReader.Decoder<String> {
    private static final long serialVersionUID = 1L;

    private transient BufferedReader reader; // null until opened

    public SimpleStringDecoder() {}

    @Override
    public void open(InputStream input) {
        reader = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
    }

    @Override
    public String decodeNext() throws IOException {
        return reader.readLine();
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
    }
}
