package io.millrace.yarn.launch;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.option.Config;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What the client tells the application master: a properties file in the application's archive,
 * which only its user can read. Immutable; holds no secret of ours.
 *
 * @param mainClass never null: the client has found it
 * @param stagingDirectory of the application, with file system
 */
public record ApplicationFile(
        String name,
        String mainClass,
        List<String> args,
        Config config,
        String stagingDirectory,
        LocalArchive libraries) {

    private static final String CONFIG_PREFIX = "config.";
    private static final String ARGUMENT_PREFIX = "argument.";

    public ApplicationFile {
        args = List.copyOf(args);
    }

    public byte[] toBytes() {
        Properties properties = new Properties();
        properties.setProperty("name", name);
        properties.setProperty("main-class", mainClass);
        properties.setProperty("staging-directory", stagingDirectory);
        properties.setProperty("libraries.uri", libraries.uri());
        properties.setProperty("libraries.size-bytes", Long.toString(libraries.sizeBytes()));
        properties.setProperty("libraries.modified-ms", Long.toString(libraries.modifiedMs()));
        properties.setProperty("libraries.public", Boolean.toString(libraries.isPublic()));
        properties.setProperty("arguments", Integer.toString(args.size()));
        for (int i = 0; i < args.size(); i++) {
            properties.setProperty(ARGUMENT_PREFIX + i, args.get(i));
        }
        config.toMap().forEach((key, value) -> properties.setProperty(CONFIG_PREFIX + key, value));
        StringWriter text = new StringWriter();
        try {
            properties.store(text, null);
        } catch (IOException e) {
            throw new UncheckedIOException("a string writer does not fail", e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Reads the file in the container of the application master. */
    public static ApplicationFile read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.INTERNAL,
                    "the application's own file "
                            + file.toAbsolutePath()
                            + " cannot be read: "
                            + e
                            + ". Look at the NodeManager's log for what it has unpacked there.",
                    e);
        }
        List<String> args = new ArrayList<>();
        int count = Integer.parseInt(required(properties, "arguments"));
        for (int i = 0; i < count; i++) {
            args.add(required(properties, ARGUMENT_PREFIX + i));
        }
        Map<String, String> config = new TreeMap<>();
        for (String key : properties.stringPropertyNames()) {
            if (key.startsWith(CONFIG_PREFIX)) {
                config.put(key.substring(CONFIG_PREFIX.length()), properties.getProperty(key));
            }
        }
        return new ApplicationFile(
                required(properties, "name"),
                required(properties, "main-class"),
                args,
                Config.of(config),
                required(properties, "staging-directory"),
                new LocalArchive(
                        required(properties, "libraries.uri"),
                        Long.parseLong(required(properties, "libraries.size-bytes")),
                        Long.parseLong(required(properties, "libraries.modified-ms")),
                        Boolean.parseBoolean(required(properties, "libraries.public"))));
    }

    private static String required(Properties properties, String key) {
        String value = properties.getProperty(key);
        if (value == null) {
            throw new MillraceException(
                    ErrorCode.INTERNAL,
                    "the application's own file lacks '"
                            + key
                            + "'. Submit with the distribution that the libraries belong to.");
        }
        return value;
    }
}
