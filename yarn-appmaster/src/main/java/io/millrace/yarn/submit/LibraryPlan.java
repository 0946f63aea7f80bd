package io.millrace.yarn.submit;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Which files of a distribution go to the cluster, and the hash of their names and contents, which
 * is the name that they get there. Immutable.
 *
 * @param entries sorted by name
 * @param hash 64 hexadecimal digits
 */
record LibraryPlan(List<Entry> entries, String hash) {
    /**
     * One file. Immutable.
     *
     * @param name in the archive: the path in the distribution, with {@code /}
     * @param crc CRC-32, which an uncompressed archive says before the content
     */
    record Entry(String name, Path file, long sizeBytes, long crc) {}

    LibraryPlan {
        entries = List.copyOf(entries);
    }

    /**
     * Reads and hashes the distribution's libraries.
     *
     * @throws MillraceException {@code USAGE} if the directory is no distribution
     */
    static LibraryPlan of(Path home) {
        try {
            List<Path> files = new ArrayList<>();
            addJars(home.resolve("lib"), 1, files);
            addJars(home.resolve("lib").resolve("engine"), 1, files);
            addJars(home.resolve("lib").resolve("hadoop"), 1, files);
            addJars(home.resolve("plugins"), 2, files);
            if (files.isEmpty()) {
                throw new MillraceException(
                        ErrorCode.USAGE,
                        home
                                + " is no distribution: it has no lib/*.jar. Build one with 'mvn"
                                + " package', and run its bin/millrace.");
            }
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            List<Entry> entries = new ArrayList<>();
            byte[] buffer = new byte[1 << 18];
            for (Path file : files) {
                entries.add(hashed(home, file, digest, buffer));
            }
            return new LibraryPlan(entries, HexFormat.of().formatHex(digest.digest()));
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.USAGE,
                    "the distribution " + home + " cannot be read: " + e + ". Build it again.",
                    e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Jars of the process's own class path, as they are named in the archive. */
    List<String> rootJars() {
        return entries.stream()
                .map(Entry::name)
                .filter(name -> name.startsWith("lib/") && name.lastIndexOf('/') == 3)
                .toList();
    }

    long sizeBytes() {
        return entries.stream().mapToLong(Entry::sizeBytes).sum();
    }

    private static void addJars(Path directory, int depth, List<Path> files) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> found = Files.walk(directory, depth)) {
            found.filter(file -> file.toString().endsWith(".jar"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .forEach(files::add);
        }
    }

    private static Entry hashed(Path home, Path file, MessageDigest digest, byte[] buffer)
            throws IOException {
        String name = home.relativize(file).toString().replace('\\', '/');
        long sizeBytes = Files.size(file);
        digest.update((name + "\n" + sizeBytes + "\n").getBytes(StandardCharsets.UTF_8));
        CRC32 crc = new CRC32();
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                crc.update(buffer, 0, n);
            }
        }
        return new Entry(name, file, sizeBytes, crc.getValue());
    }
}
