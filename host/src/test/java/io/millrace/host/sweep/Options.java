package io.millrace.host.sweep;

import io.millrace.api.option.Config;
import io.millrace.runtime.wire.AppSecret;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** What the processes of an application are given. */
final class Options {
    private static final String FILE = "application.properties";

    private Options() {}

    static void write(Path directory, Map<String, String> options) throws IOException {
        Properties properties = new Properties();
        properties.putAll(options);
        try (Writer out = Files.newBufferedWriter(directory.resolve(FILE))) {
            properties.store(out, null);
        }
    }

    static Config read(Path directory) {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(directory.resolve(FILE))) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> options = new TreeMap<>();
        properties.stringPropertyNames().forEach(k -> options.put(k, properties.getProperty(k)));
        return Config.of(options);
    }

    static AppSecret secret(String hex) {
        return AppSecret.of(HexFormat.of().parseHex(hex));
    }

    static String hex(AppSecret secret) {
        return HexFormat.of().formatHex(secret.toBytes());
    }
}
