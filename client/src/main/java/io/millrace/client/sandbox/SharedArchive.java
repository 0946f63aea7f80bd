package io.millrace.client.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Class-data archives of the daemons: the first daemons write them when they end, later ones map
 * them and load most classes without parsing or verifying. Immutable.
 *
 * <p>An archive fits one JVM and one class path; both are in its name. A daemon writes aside; only
 * when it has ended by itself does the file get its name, so that nobody maps half an archive.
 *
 * @param writer tells the sandboxes apart that share the directory
 */
record SharedArchive(Path directory, String fingerprint, String writer) {
    static SharedArchive of(Path directory, List<Path> classPath, Path writer) throws IOException {
        StringBuilder text = new StringBuilder(System.getProperty("java.vm.version"));
        text.append(System.getProperty("java.home"));
        for (Path jar : classPath) {
            text.append('\n').append(jar).append(' ').append(Files.size(jar)).append(' ');
            text.append(Files.getLastModifiedTime(jar).toMillis());
        }
        return new SharedArchive(directory, crc(text.toString()), crc(writer.toString()));
    }

    /** The JVM options that use the daemon's archive, or make it if there is none. */
    List<String> options(Daemon daemon) {
        if (!isFor(daemon)) {
            return List.of();
        }
        return exists(daemon)
                ? List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + file(daemon))
                : List.of(
                        "-Xshare:auto",
                        "-XX:ArchiveClassesAtExit=" + aside(daemon),
                        "-Xlog:cds=off",
                        "-Xlog:cds+dynamic=off");
    }

    /** Whether the daemon has an archive at all: those with another class path have none. */
    static boolean isFor(Daemon daemon) {
        return !daemon.isOptional();
    }

    boolean exists(Daemon daemon) {
        return Files.exists(file(daemon));
    }

    /** Takes over what an ended daemon wrote. Does nothing if there is nothing. */
    void keep(Daemon daemon) throws IOException {
        if (Files.exists(aside(daemon))) {
            Files.move(aside(daemon), file(daemon), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Removes what a killed daemon may have half written. */
    void discard(Daemon daemon) throws IOException {
        Files.deleteIfExists(aside(daemon));
    }

    private Path file(Daemon daemon) {
        return directory.resolve(daemon.id() + "-" + fingerprint + ".jsa");
    }

    private Path aside(Daemon daemon) {
        return directory.resolve(daemon.id() + "-" + fingerprint + "." + writer + ".new");
    }

    private static String crc(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }
}
