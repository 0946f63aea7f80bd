package io.millrace.client.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Class-data archives of the daemons: the first start writes them when its daemons end, later
 * starts map them and load most classes without parsing or verifying. Immutable.
 *
 * <p>An archive fits one JVM and one class path; both are in its name. One that does not fit, or is
 * torn, the JVM leaves aside.
 */
record SharedArchive(Path directory, String fingerprint) {
    static SharedArchive of(Path directory, List<Path> libraries) throws IOException {
        CRC32 crc = new CRC32();
        StringBuilder text = new StringBuilder(System.getProperty("java.vm.version"));
        text.append(System.getProperty("java.home"));
        for (Path library : libraries) {
            text.append('\n').append(library).append(' ').append(Files.size(library)).append(' ');
            text.append(Files.getLastModifiedTime(library).toMillis());
        }
        crc.update(text.toString().getBytes(StandardCharsets.UTF_8));
        return new SharedArchive(directory, String.format("%08x", crc.getValue()));
    }

    /** The JVM options that use the daemon's archive, or make it if there is none. */
    List<String> options(Daemon daemon) {
        Path file = file(daemon);
        return Files.exists(file)
                ? List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + file)
                : List.of("-Xshare:auto", "-XX:ArchiveClassesAtExit=" + file, "-Xlog:cds=off");
    }

    boolean exists(Daemon daemon) {
        return Files.exists(file(daemon));
    }

    private Path file(Daemon daemon) {
        return directory.resolve(daemon.id() + "-" + fingerprint + ".jsa");
    }
}
