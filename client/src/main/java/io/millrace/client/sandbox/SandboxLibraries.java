package io.millrace.client.sandbox;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The jars that daemons run with. Immutable.
 *
 * @param hadoop the directory with those of Hadoop and ZooKeeper
 * @param kafka the directory with those of Kafka's broker
 */
record SandboxLibraries(Path hadoop, Path kafka) {
    private static final String BUILD = "Build the distribution: mvn -q -DskipTests package";

    /**
     * How daemons are started.
     *
     * @param daemons that are to be started; their libraries must be there
     * @throws MillraceException {@code CLUSTER_NOT_CONFIGURED} if they are not
     */
    DaemonCommand command(SandboxLayout layout, Set<Daemon> daemons) throws IOException {
        require(hadoop, "the sandbox's libraries", BUILD);
        Path archives = archives(layout);
        List<Path> classPath = classPath(hadoop, archives);
        List<Path> brokers = List.of();
        if (daemons.contains(Daemon.KAFKA)) {
            require(
                    kafka,
                    "Kafka's libraries",
                    "Build the distribution (mvn -q -DskipTests package), or name the directory of"
                            + " a broker's jars with --kafka-jars.");
            brokers = classPath(kafka, archives);
        }
        List<Path> kdcs = List.of();
        if (daemons.contains(Daemon.KDC)) {
            Path kdc = hadoop.resolve("kdc");
            require(kdc, "the libraries of the key distribution center", BUILD);
            kdcs = classPath(kdc, archives);
        }
        return new DaemonCommand(
                layout,
                classPath,
                brokers,
                kdcs,
                SharedArchive.of(archives, classPath, layout.root()),
                daemons.contains(Daemon.KDC));
    }

    private static void require(Path directory, String what, String toDo) {
        if (!Files.isDirectory(directory)) {
            throw new MillraceException(
                    ErrorCode.CLUSTER_NOT_CONFIGURED,
                    what + " are not at " + directory + ". " + toDo);
        }
    }

    private static List<Path> classPath(Path libraries, Path archives) throws IOException {
        List<Path> jars;
        try (Stream<Path> files = Files.list(libraries)) {
            jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
        List<Path> classPath = new ArrayList<>(jars);
        classPath.add(0, SupportJar.in(archives, jars));
        return classPath;
    }

    /** Beside the libraries, where all sandboxes share them, if that can be written. */
    private Path archives(SandboxLayout layout) throws IOException {
        Path shared = hadoop.toAbsolutePath().resolveSibling("cds");
        try {
            return Files.createDirectories(shared);
        } catch (IOException e) {
            return Files.createDirectories(layout.archives());
        }
    }
}
