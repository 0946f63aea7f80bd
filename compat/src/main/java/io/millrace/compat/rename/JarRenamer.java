package io.millrace.compat.rename;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Writes a copy of a program's jar in which Flink's names are ours. Immutable.
 *
 * <p>Renamed are classes, also in jars inside the jar, and service files. Left out are classes that
 * have a rule, since ours stand for them (fat jars bring Flink's connectors along), and signatures,
 * which no longer hold. Everything else is copied. The same jar always gives the same bytes.
 */
public final class JarRenamer {
    private static final String SERVICES = "META-INF/services/";
    private static final String CLASS = ".class";

    /** Directory of a multi-release jar before the class's own path, or nothing. */
    private static final Pattern CLASS_PATH = Pattern.compile("(META-INF/versions/\\d+/)?(.+)");

    private static final Pattern SIGNATURE =
            Pattern.compile("META-INF/[^/]*\\.(SF|RSA|DSA|EC)", Pattern.CASE_INSENSITIVE);

    /** The time of each entry, so that a jar's bytes do not depend on the clock. */
    private static final LocalDateTime ALWAYS = LocalDateTime.of(2026, 1, 1, 0, 0);

    private final Mapping mapping;
    private final ClassRenamer classes;

    public JarRenamer(Mapping mapping) {
        this.mapping = mapping;
        this.classes = new ClassRenamer(mapping);
    }

    /**
     * @param from a jar, which is only read
     * @param to is written over if it exists
     */
    public void rename(Path from, Path to) throws IOException {
        if (Files.exists(to) && Files.isSameFile(from, to)) {
            throw new IllegalArgumentException(
                    "The renamed jar must have another name than " + from + ".");
        }
        try (InputStream in = Files.newInputStream(from);
                OutputStream out = Files.newOutputStream(to)) {
            copy(in, out);
        }
    }

    private void copy(InputStream from, OutputStream to) throws IOException {
        Set<String> written = new HashSet<>();
        ZipInputStream in = new ZipInputStream(from);
        ZipOutputStream out = new ZipOutputStream(to);
        for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
            String name = entry.getName();
            if (entry.isDirectory() || SIGNATURE.matcher(name).matches() || isOurs(name)) {
                continue;
            }
            String newName = name.startsWith(SERVICES) ? service(name) : name;
            if (written.add(newName)) {
                ZipEntry renamed = new ZipEntry(newName);
                renamed.setTimeLocal(ALWAYS);
                out.putNextEntry(renamed);
                out.write(content(name, in.readAllBytes()));
                out.closeEntry();
            }
        }
        out.finish();
    }

    private boolean isOurs(String entry) {
        if (!entry.endsWith(CLASS)) {
            return false;
        }
        Matcher path = CLASS_PATH.matcher(entry.substring(0, entry.length() - CLASS.length()));
        return path.matches() && mapping.find(path.group(2).replace('/', '.')).isPresent();
    }

    private String service(String entry) {
        return SERVICES + mapping.map(entry.substring(SERVICES.length()));
    }

    private byte[] content(String entry, byte[] bytes) throws IOException {
        if (entry.endsWith("module-info.class")) {
            return bytes;
        }
        if (entry.endsWith(CLASS)) {
            return classes.rename(bytes);
        }
        if (entry.startsWith(SERVICES)) {
            return new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> mapping.map(line.strip()))
                    .collect(Collectors.joining("\n", "", "\n"))
                    .getBytes(StandardCharsets.UTF_8);
        }
        if (entry.endsWith(".jar")) {
            ByteArrayOutputStream nested = new ByteArrayOutputStream();
            copy(new ByteArrayInputStream(bytes), nested);
            return nested.toByteArray();
        }
        return bytes;
    }
}
