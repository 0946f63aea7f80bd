package io.millrace.connector.jdbc.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * A server of PostgreSQL as a child of this process, from the binaries on the class path. It can be
 * stopped and started again at the same port. Not thread-safe.
 *
 * <p>PostgreSQL refuses to run as root; there it runs as {@code nobody}.
 */
public final class PostgresServer implements AutoCloseable {
    public static final String USER = "postgres";
    public static final String PASSWORD = "secret";

    private static final String BINARIES = "/postgres-linux-x86_64.txz";
    private static final String SERVERS_USER = "nobody";
    private static final long START_MS = 60_000;

    /** Below the ports that systems take for outgoing connections. */
    private static final int FIRST_PORT = 20_000;

    private static final int PORTS = 12_000;

    private final Path directory;
    private final List<String> asUser;
    private final int port;
    private Process server; // null while stopped

    private PostgresServer(Path directory, List<String> asUser, int port) {
        this.directory = directory;
        this.asUser = asUser;
        this.port = port;
    }

    /** Takes about three seconds. */
    public static PostgresServer start() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("postgres");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        unpack(directory.resolve("server"));
        Path data = Files.createDirectory(directory.resolve("data"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
        Path password = Files.writeString(directory.resolve("password"), PASSWORD);
        List<String> asUser = asUser();
        if (!asUser.isEmpty()) {
            Files.setOwner(
                    data,
                    data.getFileSystem()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByName(SERVERS_USER));
        }
        PostgresServer made = new PostgresServer(directory, asUser, freePort());
        Runtime.getRuntime().addShutdownHook(new Thread(made::kill));
        made.run(
                "initdb",
                "-D",
                data.toString(),
                "-U",
                USER,
                "-A",
                "scram-sha-256",
                "--pwfile=" + password,
                "-E",
                "UTF8",
                "--no-locale",
                "--no-sync");
        made.startAgain();
        return made;
    }

    /** What starts a command as somebody who is not root; empty if this process is not. */
    private static List<String> asUser() throws IOException {
        Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        if (!Integer.valueOf(0).equals(uid)) {
            return List.of();
        }
        if (onPath("setpriv")) {
            return List.of("setpriv", "--reuid=" + SERVERS_USER, "--clear-groups", "--");
        }
        if (onPath("runuser")) {
            return List.of("runuser", "-u", SERVERS_USER, "--");
        }
        throw new IOException(
                "PostgreSQL does not run as root, and neither setpriv nor runuser is there to start"
                        + " it as somebody else. Install util-linux, or run the tests as an"
                        + " ordinary user.");
    }

    private static boolean onPath(String command) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(each -> Files.isExecutable(Path.of(each, command)));
    }

    private static int freePort() throws IOException {
        SecureRandom random = new SecureRandom();
        while (true) {
            int port = FIRST_PORT + random.nextInt(PORTS);
            try (ServerSocket socket =
                    new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (java.net.BindException e) {
                // taken: another
            }
        }
    }

    private static void unpack(Path target) throws IOException {
        try (InputStream packed = PostgresServer.class.getResourceAsStream(BINARIES)) {
            if (packed == null) {
                throw new IOException(
                        BINARIES
                                + " is not on the class path: the tests bring PostgreSQL for Linux"
                                + " on x86-64 only.");
            }
            TarArchiveInputStream tar =
                    new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)));
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException(entry.getName() + " leads out of the archive");
                }
                unpack(entry, tar, path);
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path path)
            throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, path);
        boolean executable = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(
                path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>(asUser);
        command.add(directory.resolve("server/bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private ProcessBuilder process(List<String> command) {
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()));
    }

    private void run(String program, String... arguments) throws IOException, InterruptedException {
        int code = process(command(program, arguments)).start().waitFor();
        if (code != 0) {
            throw new IOException(
                    program
                            + " ended with "
                            + code
                            + ":\n"
                            + Files.readString(directory.resolve("log")));
        }
    }

    /** Starts the server that was stopped; returns when it answers. */
    public void startAgain() throws IOException, InterruptedException {
        server =
                process(
                                command(
                                        "postgres",
                                        "-D",
                                        data(),
                                        "-p",
                                        Integer.toString(port),
                                        "-c",
                                        "listen_addresses=127.0.0.1",
                                        "-c",
                                        "unix_socket_directories=",
                                        "-c",
                                        "fsync=off",
                                        "-c",
                                        "shared_buffers=16MB",
                                        "-c",
                                        "max_connections=100",
                                        "-c",
                                        "max_prepared_transactions=64"))
                        .start();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_MS);
        while (!answers()) {
            // It tells nobody when it answers, but its end ends the wait.
            if (server.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                throw new IOException(
                        "PostgreSQL did not start:\n" + Files.readString(directory.resolve("log")));
            }
        }
    }

    private boolean answers() {
        try (Connection connection = connect(USER)) {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Ends all sessions and the server; what is prepared stays prepared. */
    public void stop() throws IOException, InterruptedException {
        run("pg_ctl", "-D", data(), "-m", "fast", "-s", "-w", "stop");
        server.waitFor();
        server = null;
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    public int port() {
        return port;
    }

    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** As the superuser. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), USER, PASSWORD);
    }

    /** A new, empty database. */
    public Database createDatabase(String name) throws SQLException {
        try (Connection connection = connect(USER);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return new Database(this, name);
    }

    private void kill() {
        if (server != null) {
            server.destroyForcibly();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            if (server != null) {
                stop();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
